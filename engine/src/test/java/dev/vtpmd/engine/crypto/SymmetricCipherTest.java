package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SymmetricCipherTest {
    /** SP 800-38A, appendix F. */
    private static final byte[] PLAINTEXT = HexFormat.of()
            .parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    private static final byte[] KEY_128 = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] IV = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] COUNTER = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

    private final SymmetricCipher cipher = new SymmetricCipher();

    /** SP 800-38A, F.1.1, F.2.1, F.3.13, F.3.17, F.4.1, F.5.1. */
    @ParameterizedTest
    @CsvSource({
        "ECB, 2b7e151628aed2a6abf7158809cf4f3c, '', 3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
                + "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4, ''",
        "CBC, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f,"
                + "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7, 3ff1caa1681fac09120eca307586e1a7",
        "CFB, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f,"
                + "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
                + "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6, c04b05357c5d1c0eeac4c66f9ff7f2e6",
        "CFB, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 000102030405060708090a0b0c0d0e0f,"
                + "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
                + "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471, 75a385741ab9cef82031623d55b1e471",
        "OFB, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f,"
                + "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825"
                + "9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e, c6d3416d29165c6fcb8e51a227ba994e",
        "CTR, 2b7e151628aed2a6abf7158809cf4f3c, f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
                + "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee, f0f1f2f3f4f5f6f7f8f9fafbfcfdff03",
    })
    void publishedValues(TpmAlgId mode, String keyHex, String ivHex, String ciphertextHex, String ivOutHex) {
        byte[] key = HexFormat.of().parseHex(keyHex);
        byte[] iv = HexFormat.of().parseHex(ivHex);
        byte[] ciphertext = HexFormat.of().parseHex(ciphertextHex);
        SymmetricCipher.Output encrypted = cipher.encrypt(TpmAlgId.AES, mode, key, iv, PLAINTEXT);
        assertThat(encrypted.data()).isEqualTo(ciphertext);
        SymmetricCipher.Output decrypted = cipher.decrypt(TpmAlgId.AES, mode, key, iv, ciphertext);
        assertThat(decrypted.data()).isEqualTo(PLAINTEXT);
        // For OFB the expected value is the last ciphertext block xor the last plaintext block.
        byte[] ivOut = HexFormat.of().parseHex(ivOutHex);
        assertThat(encrypted.iv()).isEqualTo(ivOut);
        assertThat(decrypted.iv()).isEqualTo(ivOut);
    }

    /** What ends within a block is the beginning of what goes on; SP 800-38A's first 21 bytes. */
    @ParameterizedTest
    @CsvSource({
        "CFB, 3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0",
        "OFB, 3b3fd92eb72dad20333449f8e83cfb4a7789508d16",
    })
    void streamModesTakeAnyLength(TpmAlgId mode, String expected) {
        byte[] part = Arrays.copyOf(PLAINTEXT, 21);
        SymmetricCipher.Output encrypted = cipher.encrypt(TpmAlgId.AES, mode, KEY_128, IV, part);
        assertThat(encrypted.data()).asHexString().isEqualToIgnoringCase(expected);
        SymmetricCipher.Output decrypted = cipher.decrypt(TpmAlgId.AES, mode, KEY_128, IV, encrypted.data());
        assertThat(decrypted.data()).isEqualTo(part);
        assertThat(decrypted.iv()).isEqualTo(encrypted.iv());
    }

    /** The key stream of the second block is SP 800-38A's second ciphertext block xor its plaintext. */
    @Test
    void ivAfterAPartOfABlock() {
        byte[] part = Arrays.copyOf(PLAINTEXT, 21);
        byte[] cfb =
                cipher.encrypt(TpmAlgId.AES, TpmAlgId.CFB, KEY_128, IV, part).iv();
        assertThat(cfb).asHexString().isEqualToIgnoringCase("c8a64537a0b005a35354a201dab36bda");
        byte[] counter = cipher.encrypt(TpmAlgId.AES, TpmAlgId.CTR, KEY_128, COUNTER, part)
                .iv();
        assertThat(counter).asHexString().isEqualToIgnoringCase("f0f1f2f3f4f5f6f7f8f9fafbfcfdff01");
    }

    @Test
    void counterWrapsAsOneInteger() {
        byte[] ones = new byte[16];
        Arrays.fill(ones, (byte) 0xFF);
        byte[] next = cipher.encrypt(TpmAlgId.AES, TpmAlgId.CTR, KEY_128, ones, new byte[32])
                .iv();
        assertThat(next).asHexString().isEqualTo("0".repeat(31) + "1");
    }

    @Test
    void noDataGivesBackTheIv() {
        SymmetricCipher.Output output = cipher.encrypt(TpmAlgId.AES, TpmAlgId.CBC, KEY_128, IV, new byte[0]);
        assertThat(output.data()).isEmpty();
        assertThat(output.iv()).isEqualTo(IV);
    }

    @Test
    void blockModesRefuseAPartOfABlock() {
        assertThatThrownBy(() -> cipher.encrypt(TpmAlgId.AES, TpmAlgId.CBC, KEY_128, IV, new byte[17]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 100)
    void aMessageInPiecesIsTheMessage(
            @ForAll("chaining") TpmAlgId mode, @ForAll @Size(64) byte[] data, @ForAll @IntRange(max = 4) int blocks) {
        byte[] whole = cipher.encrypt(TpmAlgId.AES, mode, KEY_128, IV, data).data();
        SymmetricCipher.Output first =
                cipher.encrypt(TpmAlgId.AES, mode, KEY_128, IV, Arrays.copyOf(data, blocks * 16));
        SymmetricCipher.Output second =
                cipher.encrypt(TpmAlgId.AES, mode, KEY_128, first.iv(), Arrays.copyOfRange(data, blocks * 16, 64));
        assertThat(first.data()).isEqualTo(Arrays.copyOf(whole, blocks * 16));
        assertThat(second.data()).isEqualTo(Arrays.copyOfRange(whole, blocks * 16, 64));
    }

    @Provide
    Arbitrary<TpmAlgId> chaining() {
        return Arbitraries.of(TpmAlgId.CBC, TpmAlgId.CFB, TpmAlgId.OFB, TpmAlgId.CTR);
    }

    /** GB/T 32907-2016, A.1; RFC 3713, appendix A; SP 800-67, appendix B.1. */
    @Test
    void otherCiphers() {
        byte[] key = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");
        assertThat(cipher.encrypt(TpmAlgId.SM4, TpmAlgId.ECB, key, new byte[0], key)
                        .data())
                .asHexString()
                .isEqualToIgnoringCase("681edf34d206965e86b3e94f536e4246");
        assertThat(cipher.encrypt(TpmAlgId.CAMELLIA, TpmAlgId.ECB, key, new byte[0], key)
                        .data())
                .asHexString()
                .isEqualToIgnoringCase("67673138549669730857065648eabe43");
        byte[] tdesKey = HexFormat.of().parseHex("0123456789abcdef23456789abcdef01456789abcdef0123");
        byte[] text = "The qufck brown fox jump".getBytes(StandardCharsets.US_ASCII);
        assertThat(cipher.encrypt(TpmAlgId.TDES, TpmAlgId.ECB, tdesKey, new byte[0], text)
                        .data())
                .asHexString()
                .isEqualToIgnoringCase("a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900");
    }

    @Test
    void cfbInPlaceTouchesItsBytesOnly() {
        byte[] buffer = new byte[PLAINTEXT.length + 2];
        System.arraycopy(PLAINTEXT, 0, buffer, 1, PLAINTEXT.length);
        byte[] before = buffer.clone();
        cipher.encryptCfb(TpmAlgId.AES, KEY_128, IV, buffer, 1, 21);
        assertThat(Arrays.copyOfRange(buffer, 1, 22))
                .asHexString()
                .isEqualToIgnoringCase("3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0");
        assertThat(buffer[0]).isZero();
        assertThat(Arrays.copyOfRange(buffer, 22, buffer.length))
                .isEqualTo(Arrays.copyOfRange(before, 22, before.length));
        cipher.decryptCfb(TpmAlgId.AES, KEY_128, IV, buffer, 1, 21);
        assertThat(buffer).isEqualTo(before);
    }
}
