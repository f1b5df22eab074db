package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** HMAC from RFC 4231, 4.2; CMAC from SP 800-38B, D.1. Codes are those of the TCG's reference implementation. */
class MacTest {
    private static final int MAC = 0x155;

    private static final String HMAC_KEY = "0b".repeat(20);
    private static final String HI_THERE = "0008 4869205468657265";
    private static final String HMAC_SHA256 = "B0344C61D8DB38535CA8AFCEAF0BF12B881DC200C9833DA726E9376C2E32CFF7";

    private static final String AES_KEY = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String BLOCK = "0010 6BC1BEE22E409F96E93D7E117393172A";

    private static final String SHA256 = "000B";
    private static final String CMAC = "003F";
    private static final String NULL = "0010";

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void computesHmacs() {
        String fixed = hmacKey(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256));
        String free = hmacKey(TestKeys.SIGNING | TpmaObject.DECRYPT, TpmtKeyedhashScheme.NULL);
        assertThat(tpm.run(MAC, 1, fixed, HI_THERE + NULL)).isEqualTo("0020" + HMAC_SHA256);
        assertThat(tpm.run(MAC, 1, fixed, HI_THERE + SHA256)).isEqualTo("0020" + HMAC_SHA256);
        assertThat(tpm.run(MAC, 1, free, HI_THERE + SHA256)).isEqualTo("0020" + HMAC_SHA256);
    }

    @Test
    void computesCmacs() {
        String key = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CMAC, AES_KEY));
        assertThat(tpm.run(MAC, 1, key, BLOCK + NULL)).isEqualTo("0010" + "070A16B46B4D4144F79BDD9DD04A287C");
        assertThat(tpm.run(MAC, 1, key, "0000" + CMAC)).isEqualTo("0010" + "BB1D6929E95937287FA37D129B756746");
    }

    @Test
    void refusesKeysThatMakeNoMacs() {
        String rsa = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String restricted =
                hmacKey(TestKeys.SIGNING | TpmaObject.RESTRICTED, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256));
        String decrypting = hmacKey(TestKeys.DECRYPTING, TpmtKeyedhashScheme.NULL);
        assertThat(tpm.code(MAC, 1, rsa, HI_THERE + SHA256)).isEqualTo(0x18A);
        assertThat(tpm.code(MAC, 1, restricted, HI_THERE + NULL)).isEqualTo(0x182);
        assertThat(tpm.code(MAC, 1, decrypting, HI_THERE + SHA256)).isEqualTo(0x19C);
    }

    @Test
    void refusesMacsThatTheKeyDoesNotMake() {
        String fixed = hmacKey(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256));
        String free = hmacKey(TestKeys.SIGNING | TpmaObject.DECRYPT, TpmtKeyedhashScheme.NULL);
        String cfb = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CFB, AES_KEY));
        assertThat(tpm.code(MAC, 1, fixed, HI_THERE + "000C")).isEqualTo(0x2C4);
        assertThat(tpm.code(MAC, 1, free, HI_THERE + NULL)).isEqualTo(0x2C4);
        assertThat(tpm.code(MAC, 1, free, HI_THERE + CMAC)).isEqualTo(0x2D2);
        assertThat(tpm.code(MAC, 1, cfb, HI_THERE + NULL)).isEqualTo(0x2D2);
        assertThat(tpm.code(MAC, 1, cfb, HI_THERE + CMAC)).isEqualTo(0x2C4);
        assertThat(tpm.code(MAC, 1, fixed, HI_THERE + "0043")).isEqualTo(0x2D6);
    }

    private String hmacKey(int attributes, TpmtKeyedhashScheme scheme) {
        return tpm.load(TestKeys.keyedHash(attributes, scheme, HMAC_KEY));
    }
}
