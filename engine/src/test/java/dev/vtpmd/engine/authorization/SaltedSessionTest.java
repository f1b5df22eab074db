package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions whose key comes from a salt, encrypted to an ECC key as Part 1, C.6.1 says; the client's ECDH is the JDK's. */
class SaltedSessionTest {
    private static final int OWNER = 0x40000001;
    private static final int NULL = 0x40000007;
    private static final int POLICY_AUTH_VALUE = 0x16B;
    private static final int POLICY_PASSWORD = 0x18C;
    private static final int VALUE_OF_PARAMETER_2 = 0x2C4;
    /** A storage key on P-256 with SHA-256 and AES-128-CFB. */
    private static final String TEMPLATE = "001A 0023 000B 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000";

    private static final int COORDINATE = 32;

    private final TestTpm tpm = TestTpm.started();
    private int key;
    private byte[] x;
    private byte[] y;

    @BeforeEach
    void createKey() {
        TssResponse response = TssCommand.of(0x131)
                .handle(OWNER)
                .password()
                .parameters("0004 0000 0000" + TEMPLATE + "0000" + "00000000")
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        key = response.handle();
        // Behind the size of the public area, what comes before unique, and the size of x.
        int point = 2 + 22 + 2;
        x = Arrays.copyOfRange(response.parameterBytes(), point, point + COORDINATE);
        y = Arrays.copyOfRange(response.parameterBytes(), point + 2 + COORDINATE, point + 2 + 2 * COORDINATE);
    }

    @Test
    void theSaltIsInTheSessionKey() throws GeneralSecurityException {
        KeyPair ephemeral = ephemeral();
        byte[] secret = secret(ephemeral, x(ephemeral));
        TssSession session =
                TssSession.salted(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, key, secret, point(ephemeral));
        assertThat(adjust(session)).isZero();
        TssResponse random = TssCommand.of(0x17B)
                .authorization(TssAuthorization.extra(session, CONTINUE | TssSession.ENCRYPT))
                .parameters("0010")
                .sendTo(tpm);
        assertThat(random.parameters()).startsWith("0010").hasSize(36);
    }

    /** The policy of PolicyPassword is PolicyAuthValue's (Part 3, 23.18); the session's key still encrypts (Part 1, 21.2). */
    @Test
    void aPolicyThatWantsAPasswordIsAnsweredWithoutHmac() throws GeneralSecurityException {
        byte[] password = {'p'};
        byte[] policy = new TssPolicy().then(POLICY_AUTH_VALUE).digest();
        TssNvIndex index = TssNvIndex.define(
                tpm, 0x01500001, TssNvIndex.OWNER | TssNvIndex.POLICY_READ | TssNvIndex.NO_DA, password, policy, 4);
        index.writeAsOwner("01020304");
        TssSession session = policyPassword();
        TssResponse read = index.read()
                .authorization(TssAuthorization.policyPassword(session, CONTINUE | TssSession.ENCRYPT, password))
                .sendTo(tpm);
        assertThat(read.code()).isZero();
        assertThat(read.parameters()).isEqualTo("000401020304");
    }

    /**
     * Part 1, 19.6.8 wants an HMAC here, as the session authorizes nothing; libtpms and the TCG's reference code check the command's,
     * and then answer without.
     */
    @Test
    void aPolicyThatWantsAPasswordIsAnsweredWithoutHmacWhereItOnlyEncryptsToo() throws GeneralSecurityException {
        TssSession session = policyPassword();
        TssAuthorization encrypting = TssAuthorization.extra(session, CONTINUE | TssSession.ENCRYPT);
        TssResponse hashed = TssCommand.of(0x17D)
                .authorization(encrypting.answeredWithoutHmac())
                .parameters("0003 616263 000B 40000007")
                .sendTo(tpm);
        assertThat(hashed.code()).isZero();
        assertThat(hashed.parameters())
                .startsWith("0020BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
        TssResponse again = TssCommand.of(0x17D)
                .authorization(encrypting)
                .parameters("0003 616263 000B 40000007")
                .sendTo(tpm);
        assertThat(again.code()).as("the use has begun the policy anew").isZero();
    }

    /** As libtpms and the TCG's reference code take it: a client that leaves out a zero in front derives without it too. */
    @Test
    void theEphemeralXIsDerivedFromAsItWasSent() throws GeneralSecurityException {
        KeyPair ephemeral = ephemeral();
        while (x(ephemeral)[0] != 0) {
            ephemeral = ephemeral();
        }
        byte[] shortX = Arrays.copyOfRange(x(ephemeral), 1, COORDINATE);
        byte[] encrypted =
                TssCrypto.concatenate(new byte[] {0, COORDINATE - 1}, shortX, new byte[] {0, COORDINATE}, y(ephemeral));
        TssSession session = TssSession.salted(
                tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC, key, secret(ephemeral, shortX), encrypted);
        assertThat(adjust(session)).isZero();
    }

    @Test
    void withAnotherSaltNothingFits() throws GeneralSecurityException {
        KeyPair ephemeral = ephemeral();
        KeyPair other = ephemeral();
        byte[] wrong = secret(other, x(other));
        TssSession session =
                TssSession.salted(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC, key, wrong, point(ephemeral));
        assertThat(adjust(session)).isEqualTo(0x9A2);
    }

    @Test
    void anEncryptedSaltMustBeAPointOfTheCurve() throws GeneralSecurityException {
        byte[] point = point(ephemeral());
        byte[] offCurve = point.clone();
        offCurve[10] ^= 1;
        assertThat(start(key, offCurve)).isEqualTo(VALUE_OF_PARAMETER_2);
        assertThat(start(key, Arrays.copyOf(point, 20))).isEqualTo(VALUE_OF_PARAMETER_2);
        assertThat(start(key, new byte[0])).isEqualTo(VALUE_OF_PARAMETER_2);
        assertThat(start(NULL, point)).isEqualTo(VALUE_OF_PARAMETER_2);
    }

    private TssSession policyPassword() throws GeneralSecurityException {
        KeyPair ephemeral = ephemeral();
        byte[] secret = secret(ephemeral, x(ephemeral));
        TssSession session =
                TssSession.saltedPolicy(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, key, secret, point(ephemeral));
        assertThat(TssCommand.of(POLICY_PASSWORD).handle(session.handle()).code(tpm))
                .isZero();
        return session;
    }

    private int adjust(TssSession session) {
        return TssCommand.of(0x130)
                .handle(OWNER)
                .authorization(TssAuthorization.hmac(session, CONTINUE, new byte[0]))
                .parameters("00")
                .code(tpm);
    }

    private int start(int saltKey, byte[] encryptedSalt) {
        return TssCommand.of(0x176)
                .handle(saltKey)
                .handle(NULL)
                .sized(new byte[16])
                .sized(encryptedSalt)
                .parameters("00 0010 000B")
                .code(tpm);
    }

    private static KeyPair ephemeral() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** KDFe of the shared point's x, the label SECRET, and both public x (Part 1, C.6.1); one round gives 256 bits. */
    private byte[] secret(KeyPair ephemeral, byte[] ephemeralX) throws GeneralSecurityException {
        ECPublicKey own = (ECPublicKey) ephemeral.getPublic();
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams())), true);
        byte[] label = "SECRET\0".getBytes(StandardCharsets.US_ASCII);
        byte[] counter = {0, 0, 0, 1};
        return TssCrypto.SHA256.digest(counter, agreement.generateSecret(), label, ephemeralX, x);
    }

    private static byte[] point(KeyPair ephemeral) {
        byte[] size = {0, COORDINATE};
        return TssCrypto.concatenate(size, x(ephemeral), size, y(ephemeral));
    }

    private static byte[] x(KeyPair ephemeral) {
        return coordinate(((ECPublicKey) ephemeral.getPublic()).getW().getAffineX());
    }

    private static byte[] y(KeyPair ephemeral) {
        return coordinate(((ECPublicKey) ephemeral.getPublic()).getW().getAffineY());
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE];
        int count = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - count, padded, COORDINATE - count, count);
        return padded;
    }
}
