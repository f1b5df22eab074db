package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ciphertexts are those of SP 800-38A, annex F, for AES-128. Codes are those of the TCG's reference implementation. */
class EncryptDecryptTest {
    private static final int ENCRYPT_DECRYPT = 0x164;
    private static final int ENCRYPT_DECRYPT2 = 0x193;

    private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String IV = "0010" + "000102030405060708090A0B0C0D0E0F";
    private static final String PLAIN = "0010" + "6BC1BEE22E409F96E93D7E117393172A";
    private static final String CFB_ENCRYPTED = "0010" + "3B3FD92EB72DAD20333449F8E83CFB4A";
    private static final String CBC_ENCRYPTED = "0010" + "7649ABAC8119B246CEE98E9B12E9197D";
    private static final String ECB_ENCRYPTED = "0010" + "3AD77BB40D7A3660A89ECAF32466EF97";
    private static final String NO_IV = "0000";

    private static final String ENCRYPT = "00";
    private static final String DECRYPT = "01";
    private static final String NULL = "0010";
    private static final String CTR = "0040";
    private static final String CBC = "0042";
    private static final String CFB = "0043";
    private static final String ECB = "0044";

    private static final int BOTH = TestKeys.SIGNING | TpmaObject.DECRYPT;

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void encryptsAndDecryptsInTheModeOfTheCaller() {
        String key = tpm.load(TestKeys.aes(BOTH, TpmAlgId.NULL, KEY));
        assertThat(run(key, ENCRYPT, CFB, IV, PLAIN)).isEqualTo(CFB_ENCRYPTED + CFB_ENCRYPTED);
        assertThat(run(key, ENCRYPT, CBC, IV, PLAIN)).isEqualTo(CBC_ENCRYPTED + CBC_ENCRYPTED);
        assertThat(run(key, ENCRYPT, ECB, NO_IV, PLAIN)).isEqualTo(ECB_ENCRYPTED + NO_IV);
        assertThat(run(key, DECRYPT, CFB, IV, CFB_ENCRYPTED)).isEqualTo(PLAIN + CFB_ENCRYPTED);
        assertThat(run(key, DECRYPT, CBC, IV, CBC_ENCRYPTED)).isEqualTo(PLAIN + CBC_ENCRYPTED);
        assertThat(run(key, DECRYPT, ECB, NO_IV, ECB_ENCRYPTED)).isEqualTo(PLAIN + NO_IV);
    }

    @Test
    void takesTheModeOfTheKey() {
        String key = tpm.load(TestKeys.aes(BOTH, TpmAlgId.CFB, KEY));
        assertThat(run(key, ENCRYPT, NULL, IV, PLAIN)).isEqualTo(CFB_ENCRYPTED + CFB_ENCRYPTED);
        assertThat(code(key, ENCRYPT, CBC, IV, PLAIN)).isEqualTo(0x2C9);
        assertThat(code2(key, ENCRYPT, CBC, IV, PLAIN)).isEqualTo(0x3C9);
    }

    @Test
    void takesTheDataFirstInTheSecondCommand() {
        String key = tpm.load(TestKeys.aes(BOTH, TpmAlgId.CFB, KEY));
        assertThat(tpm.run(ENCRYPT_DECRYPT2, 1, key, PLAIN + ENCRYPT + CFB + IV))
                .isEqualTo(CFB_ENCRYPTED + CFB_ENCRYPTED);
    }

    @Test
    void refusesKeysThatMayNot() {
        String rsa = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(code(rsa, ENCRYPT, CFB, IV, PLAIN)).isEqualTo(0x19C);
        tpm.state().objects().flushAll();
        String encrypting = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CFB, KEY));
        String decrypting = tpm.load(TestKeys.aes(TestKeys.DECRYPTING, TpmAlgId.CFB, KEY));
        String restricted = tpm.load(TestKeys.aes(TestKeys.DECRYPTING | TpmaObject.RESTRICTED, TpmAlgId.CFB, KEY));
        assertThat(code(encrypting, DECRYPT, NULL, IV, PLAIN)).isEqualTo(0x182);
        assertThat(code(decrypting, ENCRYPT, NULL, IV, PLAIN)).isEqualTo(0x182);
        assertThat(code(restricted, DECRYPT, NULL, IV, PLAIN)).isEqualTo(0x182);
        tpm.state().objects().flushAll();
        String cmac = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CMAC, KEY));
        assertThat(code(cmac, ENCRYPT, NULL, IV, PLAIN)).isEqualTo(0x189);
    }

    @Test
    void refusesSizesThatDoNotFit() {
        String key = tpm.load(TestKeys.aes(BOTH, TpmAlgId.NULL, KEY));
        assertThat(code(key, ENCRYPT, NULL, IV, PLAIN)).isEqualTo(0x2C9);
        assertThat(code(key, ENCRYPT, CTR, NO_IV, PLAIN)).isEqualTo(0x3D5);
        assertThat(code(key, ENCRYPT, ECB, IV, PLAIN)).isEqualTo(0x3D5);
        assertThat(code(key, ENCRYPT, CBC, IV, "0003 010203")).isEqualTo(0x4D5);
        assertThat(code2(key, ENCRYPT, CTR, NO_IV, PLAIN)).isEqualTo(0x4D5);
        assertThat(code2(key, ENCRYPT, CBC, IV, "0003 010203")).isEqualTo(0x1D5);
        assertThat(code(key, ENCRYPT, CTR, IV, "0003 010203")).isZero();
    }

    private String run(String key, String decrypt, String mode, String iv, String data) {
        return tpm.run(ENCRYPT_DECRYPT, 1, key, decrypt + mode + iv + data);
    }

    private int code(String key, String decrypt, String mode, String iv, String data) {
        return tpm.code(ENCRYPT_DECRYPT, 1, key, decrypt + mode + iv + data);
    }

    private int code2(String key, String decrypt, String mode, String iv, String data) {
        return tpm.code(ENCRYPT_DECRYPT2, 1, key, data + decrypt + mode + iv);
    }
}
