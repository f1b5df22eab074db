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

import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Parts of blocks, messages in pieces and the IV that continues a message; {@link BlockCipherVectorsTest} has the known answers. */
class SymmetricCipherTest {
    /** SP 800-38A, appendix F. */
    private static final byte[] PLAINTEXT = HexFormat.of()
            .parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    private static final byte[] KEY_128 = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] IV = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] COUNTER = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

    private final SymmetricCipher cipher = new SymmetricCipher();

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
