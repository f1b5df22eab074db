package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The example of GM/T 0003.5, annex A: the message "message digest" of the user "1234567812345678". */
class Sm2SignaturesTest {
    private static final EccCurve CURVE = EccCurve.of(TpmEccCurve.SM2_P256);
    private static final EccPrivateKey KEY =
            EccPrivateKey.of(CURVE, hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"));
    private static final EccPoint PUBLIC = EccPoint.of(
            hex("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"),
            hex("CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
    private static final byte[] DIGEST = hex("F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640");
    private static final BigInteger EPHEMERAL =
            new BigInteger("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21", 16);
    private static final byte[] R = hex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3");
    private static final byte[] S = hex("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");

    private final Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());
    private final Sm2Signatures sm2 = new Sm2Signatures(ecc, AsymmetricProviders.random());

    @Test
    void signsAsInTheExample() {
        // Ecc.generate takes what it draws modulo the order less one, plus one.
        byte[] drawn = UnsignedIntegers.toBytes(EPHEMERAL.subtract(BigInteger.ONE), 40);
        EccSignature signature = new Sm2Signatures(ecc, size -> drawn).sign(KEY, DIGEST);
        assertThat(ecc.publicPoint(KEY)).isEqualTo(PUBLIC);
        assertThat(signature.r()).isEqualTo(R);
        assertThat(signature.s()).isEqualTo(S);
    }

    @Test
    void verifiesTheExampleAndNothingElse() {
        assertThat(sm2.verify(CURVE, PUBLIC, DIGEST, new EccSignature(R, S))).isTrue();
        assertThat(sm2.verify(CURVE, PUBLIC, DIGEST, new EccSignature(S, R))).isFalse();
        assertThat(sm2.verify(CURVE, CURVE.generator(), DIGEST, new EccSignature(R, S)))
                .isFalse();
        assertThat(sm2.verify(CURVE, PUBLIC, new byte[32], new EccSignature(R, S)))
                .isFalse();
    }

    @Test
    void bouncyCastleVerifiesWhatItSigns() throws CryptoException {
        EccSignature signature = sm2.sign(KEY, DIGEST);
        byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
        byte[] user = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
        ECDomainParameters domain = new ECDomainParameters(CURVE.libraryParameters());
        SM2Signer verifier = new SM2Signer(PlainDSAEncoding.INSTANCE);
        verifier.init(false, new ParametersWithID(new ECPublicKeyParameters(CURVE.toLibrary(PUBLIC), domain), user));
        verifier.update(message, 0, message.length);
        byte[] plain = HexFormat.of()
                .parseHex(
                        HexFormat.of().formatHex(signature.r()) + HexFormat.of().formatHex(signature.s()));
        assertThat(verifier.verifySignature(plain)).isTrue();
    }

    /** Made by swtpm 0.7.1 with the key of RFC 6979, A.2.5. */
    @Test
    void verifiesOnOtherCurves() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPoint publicPoint = ecc.publicPoint(
                EccPrivateKey.of(curve, hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")));
        EccSignature signature = new EccSignature(
                hex("8F0EA849C38F3C97EC94B73E3063AC3884C333AF46C10C6D622A442CB2330434"),
                hex("A652526ADA5EBF17372C6EC127D301FD351EF9BCB77FBF804693BEA406440192"));
        assertThat(sm2.verify(curve, publicPoint, hex("11".repeat(32)), signature))
                .isTrue();
    }

    @Test
    void numbersOutOfRangeAreNoSignature() {
        byte[] order = UnsignedIntegers.toBytes(CURVE.order(), 32);
        byte[] opposite = UnsignedIntegers.toBytes(CURVE.order().subtract(BigInteger.ONE), 32);
        byte[] one = {1};
        for (byte[] wrong : new byte[][] {new byte[0], new byte[32], order}) {
            assertThat(sm2.verify(CURVE, PUBLIC, DIGEST, new EccSignature(wrong, one)))
                    .isFalse();
            assertThat(sm2.verify(CURVE, PUBLIC, DIGEST, new EccSignature(one, wrong)))
                    .isFalse();
        }
        assertThat(sm2.verify(CURVE, PUBLIC, DIGEST, new EccSignature(one, opposite)))
                .isFalse();
    }

    @Test
    void theLargestScalarIsNoKey() {
        EccPrivateKey largest = new EccPrivateKey(CURVE, CURVE.order().subtract(BigInteger.ONE));
        assertThatThrownBy(() -> sm2.sign(largest, DIGEST))
                .isInstanceOfSatisfying(
                        TpmException.class, e -> assertThat(e.code()).isEqualTo(TpmRc.NO_RESULT.value()));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
