package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssCurve;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_ECC_Encrypt and TPM2_ECC_Decrypt, which swtpm 0.7.1 does not have: response codes are those that Part 3 gives. */
class EccEncryptionCommandsTest {
    private static final int ECC_ENCRYPT = 0x199;
    private static final int ECC_DECRYPT = 0x19A;

    private static final String MESSAGE = "0003 616263";
    private static final String NULL_SCHEME = "0010";
    private static final String KDF2_SHA256 = "0021 000B";
    private static final String KDF1_SHA256 = "0020 000B";

    private final LoadedTpm tpm = new LoadedTpm("full");
    private final String key = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));

    /** Part 1, C.6, from the side of a client that has the key: C2 = M xor KDF2(x || y), C3 = H(x || M || y). */
    @Test
    void theHolderOfTheKeyDecrypts() {
        String answer = tpm.run(ECC_ENCRYPT, key, MESSAGE + KDF2_SHA256);
        ECPoint shared = TssCurve.P256
                .point(answer.substring(0, 140))
                .multiply(TssCurve.number(TestKeys.ECC_SCALAR))
                .normalize();
        byte[] x = shared.getAffineXCoord().getEncoded();
        byte[] y = shared.getAffineYCoord().getEncoded();
        BigInteger mask = TssCurve.number(TssCrypto.SHA256.digest(x, y, new byte[] {0, 0, 0, 1}))
                .shiftRight(232);
        BigInteger c2 = mask.xor(BigInteger.valueOf(0x616263));
        byte[] c3 = TssCrypto.SHA256.digest(x, new byte[] {'a', 'b', 'c'}, y);
        assertThat(answer.substring(140))
                .isEqualTo("0003%06X0020".formatted(c2)
                        + HexFormat.of().withUpperCase().formatHex(c3));
    }

    @Test
    void decryptsWhatItEncrypts() {
        String encrypted = tpm.run(ECC_ENCRYPT, key, MESSAGE + KDF2_SHA256);
        assertThat(tpm.run(ECC_DECRYPT, 1, key, encrypted + KDF2_SHA256)).isEqualTo("0003616263");
        String empty = tpm.run(ECC_ENCRYPT, key, "0000" + KDF2_SHA256);
        assertThat(tpm.run(ECC_DECRYPT, 1, key, empty + KDF2_SHA256)).isEqualTo("0000");
    }

    /** GM/T 0003.5, annex C. */
    @Test
    void decryptsAPublishedExample() {
        TestKeys.EccKey example = new TestKeys.EccKey(
                "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020",
                "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
                "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
        String sm2Key = tpm.load(TestKeys.ecc(TpmEccCurve.SM2_P256, example, TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String encrypted = "0044"
                + "002004EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
                + "0020E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
                + "001321886CA989CA9C7D58087307CA93092D651EFA"
                + "002059983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766";
        String kdf2Sm3 = "0021 0012";
        assertThat(tpm.run(ECC_DECRYPT, 1, sm2Key, encrypted + kdf2Sm3))
                .isEqualTo("0013" + "656E6372797074696F6E207374616E64617264");
    }

    @Test
    void refusesWhatWasChanged() {
        String encrypted = tpm.run(ECC_ENCRYPT, key, MESSAGE + KDF2_SHA256);
        String c1 = encrypted.substring(0, 140);
        String c3 = encrypted.substring(150);
        assertThat(tpm.code(ECC_DECRYPT, 1, key, c1 + "0003 000000" + c3 + KDF2_SHA256))
                .isEqualTo(0x84);
        assertThat(tpm.code(ECC_DECRYPT, 1, key, encrypted + "0021 000C")).isEqualTo(0x84);
        assertThat(tpm.code(ECC_DECRYPT, 1, key, "0006 0001 01 0001 01 0000 0000" + KDF2_SHA256))
                .isEqualTo(0x1E7);
    }

    @Test
    void needsAScheme() {
        assertThat(tpm.code(ECC_ENCRYPT, key, MESSAGE + NULL_SCHEME)).isEqualTo(0x2D2);
        assertThat(tpm.code(ECC_ENCRYPT, key, MESSAGE + KDF1_SHA256)).isEqualTo(0x92);
        assertThat(tpm.code(ECC_ENCRYPT, key, MESSAGE + "0018 000B")).isEqualTo(0x2CC);
        String encrypted = tpm.run(ECC_ENCRYPT, key, MESSAGE + KDF2_SHA256);
        assertThat(tpm.code(ECC_DECRYPT, 1, key, encrypted + NULL_SCHEME)).isEqualTo(0x4D2);
        assertThat(tpm.code(ECC_DECRYPT, 1, key, encrypted + KDF1_SHA256)).isEqualTo(0x92);
    }

    @Test
    void refusesKeysThatMayNot() {
        String rsa = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String restricted = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING | TpmaObject.RESTRICTED, TpmtAsymScheme.NULL));
        String encrypted = tpm.run(ECC_ENCRYPT, key, MESSAGE + KDF2_SHA256);
        assertThat(tpm.code(ECC_ENCRYPT, rsa, MESSAGE + KDF2_SHA256)).isEqualTo(0x19C);
        assertThat(tpm.code(ECC_DECRYPT, 1, rsa, encrypted + KDF2_SHA256)).isEqualTo(0x19C);
        assertThat(tpm.code(ECC_DECRYPT, 1, restricted, encrypted + KDF2_SHA256))
                .isEqualTo(0x182);
    }

    /** The attributes of the recipient's key do not matter to who encrypts. */
    @Test
    void encryptsForSigningKeysToo() {
        String signing = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String encrypted = tpm.run(ECC_ENCRYPT, signing, MESSAGE + KDF2_SHA256);
        assertThat(tpm.code(ECC_DECRYPT, 1, signing, encrypted + KDF2_SHA256)).isEqualTo(0x182);
    }
}
