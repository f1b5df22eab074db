package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2026-6727, and Manger's and Bleichenbacher's attacks before it: who can tell how the padding of a chosen ciphertext is
 * wrong can decrypt with a key that he does not have. So every wrong padding gets the same response code, and a secret that is
 * wrapped with OAEP the same for every fault in it.
 */
class PaddingOracleTest {
    private static final int RSA_DECRYPT = 0x159;
    private static final int VALUE = 0x084;
    private static final int SIZE = 128;
    private static final int HASH_SIZE = 32;
    private static final String OAEP_SHA256 = "0017 000B";
    private static final String RSAES = "0015";
    private static final String NO_LABEL = "0000";
    /** SHA-256 of nothing, the label. */
    private static final String LABEL_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final int PADDING_DIGITS = 2 * (SIZE - 1 - HASH_SIZE) - LABEL_HASH.length() - 2 - 4;
    private static final String RIGHT = LABEL_HASH + "0".repeat(PADDING_DIGITS) + "01" + "ABCD";

    private final LoadedTpm tpm = new LoadedTpm();
    private final String key = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));

    @Test
    void aRightPaddingIsTaken() {
        assertThat(tpm.run(RSA_DECRYPT, 1, key, oaep("00", RIGHT) + OAEP_SHA256 + NO_LABEL))
                .isEqualTo("0002ABCD");
    }

    /** The first byte not 0 (Manger); another label's hash; something else than 0 before the 1; no 1 at all. */
    @Test
    void everyWrongOaepPaddingIsTheSame() {
        String[] blocks = {
            "ff" + RIGHT.substring(2),
            LABEL_HASH + "02" + RIGHT.substring(LABEL_HASH.length() + 2),
            RIGHT.substring(0, RIGHT.length() - 6) + "02ABCD",
            LABEL_HASH + "0".repeat(RIGHT.length() - LABEL_HASH.length())
        };
        assertThat(oaepCode("01", RIGHT)).isEqualTo(VALUE);
        assertThat(oaepCode("01", blocks[0])).isEqualTo(VALUE);
        for (String block : blocks) {
            assertThat(oaepCode("00", block)).isEqualTo(VALUE);
        }
    }

    /** RFC 8017, 7.2.2: 00 02, at least 8 bytes that are not 0, 00, the message. */
    @ParameterizedTest
    @ValueSource(strings = {"0002", "0001", "0102", "0000"})
    void everyWrongPkcs1PaddingIsTheSame(String start) {
        String without = start + "11".repeat(SIZE - 2);
        String tooShort = start + "11".repeat(7) + "00" + "11".repeat(SIZE - 10);
        assertThat(code(encrypted(without), RSAES)).isEqualTo(VALUE);
        assertThat(code(encrypted(tooShort), RSAES)).isEqualTo(VALUE);
    }

    private int oaepCode(String first, String block) {
        return code(oaep(first, block), OAEP_SHA256);
    }

    private int code(String ciphertext, String scheme) {
        return tpm.code(RSA_DECRYPT, 1, key, ciphertext + scheme + NO_LABEL);
    }

    /** RFC 8017, 7.1.1: the first byte, and a data block and a seed that are masked with one another. */
    private static String oaep(String first, String dataBlock) {
        byte[] seed = new byte[HASH_SIZE];
        byte[] maskedBlock = masked(HexFormat.of().parseHex(dataBlock), seed);
        byte[] maskedSeed = masked(seed, maskedBlock);
        return encrypted(
                first + HexFormat.of().formatHex(maskedSeed) + HexFormat.of().formatHex(maskedBlock));
    }

    private static byte[] masked(byte[] data, byte[] seed) {
        MGF1BytesGenerator generator = new MGF1BytesGenerator(new SHA256Digest());
        generator.init(new MGFParameters(seed));
        byte[] mask = new byte[data.length];
        generator.generateBytes(mask, 0, mask.length);
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= data[i];
        }
        return mask;
    }

    private static String encrypted(String message) {
        BigInteger modulus = new BigInteger(TestKeys.RSA_MODULUS, 16);
        BigInteger ciphertext = new BigInteger(message, 16).modPow(BigInteger.valueOf(65537), modulus);
        return "%04X%0256X".formatted(SIZE, ciphertext);
    }
}
