package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.swtpm.SwtpmBlobException.Reason;
import dev.vtpmd.store.swtpm.SwtpmKey.Derivation;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwtpmBlobTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] STATE = "a state of a TPM".getBytes(StandardCharsets.US_ASCII);
    private static final SwtpmKey KEY_128 = new SwtpmKey(HEX.parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final SwtpmKey KEY_256 = SwtpmKey.ofPassphrase(new byte[] {1, 2, 3}, Derivation.PBKDF2, 32);

    /** swtpm 0.11 wrote it with {@code --key pwdfile=...,mode=aes-256-cbc,kdf=pbkdf2}. */
    @Test
    void opensEncryptedStateThatSwtpmWrote() throws IOException {
        SwtpmKey key =
                SwtpmKey.ofPassphrase("secret pass\n".getBytes(StandardCharsets.US_ASCII), Derivation.PBKDF2, 32);

        byte[] permanent = SwtpmBlob.open(sample("0.11-encrypted/tpm2-00.permall"), Optional.of(key));
        byte[] volatileState = SwtpmBlob.open(sample("0.11-encrypted/tpm2-00.volatilestate"), Optional.of(key));

        // libtpms: version 4, the magic of its permanent and its volatile state, readable since version 4.
        assertThat(Arrays.copyOf(permanent, 8)).isEqualTo(HEX.parseHex("0004ab3647230004"));
        assertThat(Arrays.copyOfRange(permanent, permanent.length - 4, permanent.length))
                .isEqualTo(HEX.parseHex("ab364723"));
        assertThat(Arrays.copyOf(volatileState, 8)).isEqualTo(HEX.parseHex("0004456378890001"));
    }

    @Test
    void opensPlainStateThatSwtpmWrote() throws IOException {
        byte[] blob = sample("0.7-running/tpm2-00.permall");

        byte[] state = SwtpmBlob.open(blob, Optional.empty());

        assertThat(state).hasSize(0x12EB).isEqualTo(Arrays.copyOfRange(blob, 16, blob.length));
    }

    @Test
    void refusesStateOfAnotherPassphrase() throws IOException {
        byte[] blob = sample("0.11-encrypted/tpm2-00.permall");

        assertRefused(blob, Optional.of(KEY_256), Reason.NOT_AUTHENTIC);
        assertRefused(blob, Optional.of(KEY_128), Reason.KEY_LENGTH);
        assertRefused(blob, Optional.empty(), Reason.KEY_MISSING);
    }

    @Test
    void refusesPlainStateWhereThereIsAKey() throws IOException {
        assertRefused(sample("0.7-running/tpm2-00.permall"), Optional.of(KEY_256), Reason.BROKEN);
    }

    @Test
    void sealsPlainStateAsSwtpmDoesWithADigestBehind() {
        byte[] blob = SwtpmBlob.seal(STATE, Optional.empty());

        // Header: version 2, readable since 1, 10 bytes, no flags, 70 bytes in all. Then tag 1 and 16 bytes.
        assertThat(Arrays.copyOf(blob, 16)).isEqualTo(HEX.parseHex("0201000a00000000004600010000" + "0010"));
        assertThat(Arrays.copyOfRange(blob, 16, 32)).isEqualTo(STATE);
        // Tag 0x7601, 32 bytes: sha256sum of the text.
        assertThat(Arrays.copyOfRange(blob, 32, 38)).isEqualTo(HEX.parseHex("760100000020"));
        assertThat(blob).hasSize(70);
    }

    @Test
    void encryptsWithBothKeySizes() throws IOException {
        byte[] with128 = SwtpmBlob.seal(STATE, Optional.of(KEY_128));
        byte[] with256 = SwtpmBlob.seal(STATE, Optional.of(KEY_256));

        // 16 bytes are padded by one more key length: 32 bytes of ciphertext for 128 bits, and for 256 bits too.
        assertThat(Arrays.copyOf(with128, 16)).isEqualTo(HEX.parseHex("0201000a00010000006c000200000020"));
        assertThat(Arrays.copyOf(with256, 16)).isEqualTo(HEX.parseHex("0201000a00090000007c000200000020"));
        assertThat(SwtpmBlob.open(with128, Optional.of(KEY_128))).isEqualTo(STATE);
        assertThat(SwtpmBlob.open(with256, Optional.of(KEY_256))).isEqualTo(STATE);
    }

    @Test
    void noticesEveryChangedByte() {
        byte[] plain = SwtpmBlob.seal(STATE, Optional.empty());
        byte[] encrypted = SwtpmBlob.seal(STATE, Optional.of(KEY_256));

        // What is not covered: in a plain blob, the tags of the state's digest, and in both the version of the writer
        // and
        // flags without a meaning for a file.
        for (int i = 10; i < 32; i++) {
            assertChangeNoticed(plain, i, Optional.empty());
        }
        for (int i = 10; i < encrypted.length; i++) {
            assertChangeNoticed(encrypted, i, Optional.of(KEY_256));
        }
    }

    @Test
    void wrapsForMigrationAsTheControlChannelDoes() throws IOException {
        Optional<SwtpmKey> none = Optional.empty();
        byte[] plain = SwtpmBlob.sealForMigration(STATE, none, none);
        byte[] fileEncrypted = SwtpmBlob.sealForMigration(STATE, Optional.of(KEY_256), none);
        byte[] migrationEncrypted = SwtpmBlob.sealForMigration(STATE, none, Optional.of(KEY_128));
        byte[] both = SwtpmBlob.sealForMigration(STATE, Optional.of(KEY_256), Optional.of(KEY_256));

        // Flags 4; tag 4 around tag 1.
        assertThat(HEX.formatHex(plain))
                .isEqualTo("0201000a00040000002600040000001600010000" + "0010" + HEX.formatHex(STATE));
        assertThat(flags(fileEncrypted)).isEqualTo(0x04 | 0x01 | 0x08);
        assertThat(flags(migrationEncrypted)).isEqualTo(0x04 | 0x02);
        assertThat(flags(both)).isEqualTo(0x04 | 0x02 | 0x10 | 0x01 | 0x08);
        assertThat(SwtpmBlob.openFromMigration(plain, none, none)).isEqualTo(STATE);
        assertThat(SwtpmBlob.openFromMigration(fileEncrypted, Optional.of(KEY_256), none))
                .isEqualTo(STATE);
        assertThat(SwtpmBlob.openFromMigration(migrationEncrypted, none, Optional.of(KEY_128)))
                .isEqualTo(STATE);
        assertThat(SwtpmBlob.openFromMigration(both, Optional.of(KEY_256), Optional.of(KEY_256)))
                .isEqualTo(STATE);
    }

    @Test
    void refusesMigrationBlobsWithTheResultsOfTheControlChannel() {
        byte[] blob = SwtpmBlob.sealForMigration(STATE, Optional.empty(), Optional.of(KEY_128));

        assertThatThrownBy(() -> SwtpmBlob.openFromMigration(blob, Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(
                        SwtpmBlobException.class,
                        e -> assertThat(e.reason().result()).isEqualTo(0x0D));
        assertThatThrownBy(() -> SwtpmBlob.openFromMigration(blob, Optional.empty(), Optional.of(KEY_256)))
                .isInstanceOfSatisfying(
                        SwtpmBlobException.class,
                        e -> assertThat(e.reason().result()).isEqualTo(0x28));
        SwtpmKey other = new SwtpmKey(new byte[16]);
        assertThatThrownBy(() -> SwtpmBlob.openFromMigration(blob, Optional.empty(), Optional.of(other)))
                .isInstanceOfSatisfying(
                        SwtpmBlobException.class,
                        e -> assertThat(e.reason().result()).isEqualTo(0x21));
    }

    @Test
    void refusesBrokenHeaders() {
        assertRefused(new byte[0], Optional.empty(), Reason.BROKEN);
        assertRefused(HEX.parseHex("0201000a00000000000a"), Optional.empty(), Reason.BROKEN);
        assertRefused(HEX.parseHex("0303000a00000000000a"), Optional.empty(), Reason.VERSION);
        assertRefused(HEX.parseHex("0201000b00000000000b00"), Optional.empty(), Reason.HEADER_SIZE);
        assertRefused(HEX.parseHex("0201000a00000000000b"), Optional.empty(), Reason.BROKEN);
        // A value longer than the blob, and one whose length would be negative as an int.
        assertRefused(HEX.parseHex("0201000a000000000011000100000002" + "00"), Optional.empty(), Reason.BROKEN);
        assertRefused(HEX.parseHex("0201000a0000000000100001ffffffff"), Optional.empty(), Reason.BROKEN);
    }

    private static void assertChangeNoticed(byte[] blob, int at, Optional<SwtpmKey> key) {
        byte[] changed = blob.clone();
        changed[at] ^= 0x20;
        assertThatThrownBy(() -> SwtpmBlob.open(changed, key)).as("byte %d", at).isInstanceOf(SwtpmBlobException.class);
    }

    private static void assertRefused(byte[] blob, Optional<SwtpmKey> key, Reason reason) {
        assertThatThrownBy(() -> SwtpmBlob.open(blob, key))
                .isInstanceOfSatisfying(
                        SwtpmBlobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static int flags(byte[] blob) {
        return Byte.toUnsignedInt(blob[5]);
    }

    static byte[] sample(String name) throws IOException {
        try (InputStream in = SwtpmBlobTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
