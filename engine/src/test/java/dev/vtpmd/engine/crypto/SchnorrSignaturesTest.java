package dev.vtpmd.engine.crypto;

import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssCurve;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class SchnorrSignaturesTest {
    private static final byte[] DIGEST = hex("11".repeat(32));

    private final Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());
    private final SchnorrSignatures schnorr = new SchnorrSignatures(ecc, new Digests(), AsymmetricProviders.random());

    /**
     * Made by swtpm 0.7.1 with SHA-256 and the keys of RFC 6979, A.2.5 and A.2.4. The order of P-224 is shorter than the digest.
     */
    @ParameterizedTest
    @CsvSource({
        "NIST_P256, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, "
                + "5FF999E5F9F8679ABCF5FEF9B3DDB1206EB3A168B257F987011090F8FEABF4B9, "
                + "72D149F3F07BFA4FB0111B44E428288C19E5251976402C1C8EEFE9802494FE34",
        "NIST_P224, F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1, "
                + "9B4FC678E1F887328D1718A931F877DDD99977D290AE0730C2E325F6, "
                + "4F2D825C45D07F41FEA3F558F114F449C120C428318B976B34AA4D1D"
    })
    void verifiesWhatAnotherTpmSigned(TpmEccCurve id, String scalar, String r, String s) {
        EccCurve curve = EccCurve.of(id);
        EccPoint publicPoint = ecc.publicPoint(EccPrivateKey.of(curve, hex(scalar)));
        EccSignature signature = new EccSignature(hex(r), hex(s));
        assertThat(verifies(curve, publicPoint, DIGEST, signature)).isTrue();
        assertThat(verifies(curve, publicPoint, hex("12".repeat(32)), signature))
                .isFalse();
        assertThat(verifies(curve, curve.generator(), DIGEST, signature)).isFalse();
        assertThat(verifies(curve, publicPoint, DIGEST, new EccSignature(signature.s(), signature.r())))
                .isFalse();
    }

    /** [s]G - [r]Q is the point whose x coordinate, hashed with the digest, is r. */
    @ParameterizedTest
    @CsvSource({
        "NIST_P192, P-192",
        "NIST_P224, P-224",
        "NIST_P256, P-256",
        "NIST_P384, P-384",
        "NIST_P521, P-521",
        "SM2_P256, sm2p256v1"
    })
    void whatItSignsTheClientVerifies(TpmEccCurve id, String name) {
        TssCurve client = TssCurve.named(name);
        EccPrivateKey key = ecc.generate(EccCurve.of(id), AsymmetricProviders.random());
        EccSignature signature = schnorr.sign(key, TpmiAlgHash.SHA256, DIGEST);
        BigInteger r = TssCurve.number(signature.r());
        ECPoint publicKey = client.publicPoint(key.scalar());
        ECPoint ephemeral = client.publicPoint(TssCurve.number(signature.s()))
                .subtract(publicKey.multiply(r))
                .normalize();
        byte[] hashed = TssCrypto.SHA256.digest(ephemeral.getAffineXCoord().getEncoded(), DIGEST);
        int size = Math.min(hashed.length, client.size());
        assertThat(r).isEqualTo(TssCurve.number(Arrays.copyOf(hashed, size)));
        assertThat(signature.s()).hasSize(client.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = TpmEccCurve.class,
            names = {"BN_P256", "BN_P638"})
    void signsOnPairingFriendlyCurves(TpmEccCurve id) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey key = ecc.generate(curve, AsymmetricProviders.random());
        EccSignature signature = schnorr.sign(key, TpmiAlgHash.SHA512, DIGEST);
        EccPoint publicPoint = ecc.publicPoint(key);
        assertThat(schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA512, DIGEST, signature))
                .isTrue();
        assertThat(schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA256, DIGEST, signature))
                .isFalse();
    }

    @Test
    void numbersOutOfRangeAreNoSignature() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        byte[] order = UnsignedIntegers.toBytes(curve.order(), 32);
        byte[] one = {1};
        byte[] nothing = {};
        for (byte[] wrong : new byte[][] {nothing, order, new byte[32]}) {
            assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(wrong, one)))
                    .isFalse();
            assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(one, wrong)))
                    .isFalse();
        }
        // [1]G - [1]G is no point.
        assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(one, one)))
                .isFalse();
    }

    private boolean verifies(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature) {
        return schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA256, digest, signature);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
