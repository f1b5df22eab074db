package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class HmacsTest {
    private static final byte[] EMPTY = {};

    private final Hmacs hmacs = new Hmacs();

    /** RFC 4231, cases 2 (short key), 4 and 6 (key longer than a block). */
    @ParameterizedTest
    @CsvSource({
        "SHA256, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA384, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "SHA512, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "SHA256, 0102030405060708090a0b0c0d0e0f10111213141516171819,"
                + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd,"
                + "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    })
    void publishedValues(TpmiAlgHash hash, String keyHex, String dataHex, String expected) {
        byte[] key = HexFormat.of().parseHex(keyHex);
        byte[] data = HexFormat.of().parseHex(dataHex);
        assertMac(hash, key, data, expected);
    }

    @Test
    void keyLongerThanABlockIsHashed() {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xAA);
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);
        assertMac(TpmiAlgHash.SHA256, key, data, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    /** RFC 2202, case 2. */
    @Test
    void sha1() {
        assertMac(
                TpmiAlgHash.SHA1,
                "Jefe".getBytes(StandardCharsets.US_ASCII),
                "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII),
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    /** NIST's example values for HMAC with SHA-3: keys 00 01 02 ... of 32, 48 and 64 bytes. */
    @ParameterizedTest
    @CsvSource({
        "SHA3_256, 32, 4fe8e202c4f058e8dddc23d8c34e467343e23555e24fc2f025d598f558f67205",
        "SHA3_384, 48, d588a3c51f3f2d906e8298c1199aa8ff6296218127f6b38a90b6afe2c5617725bc99987f79b22a557b6520db710b7f42",
        "SHA3_512, 64, 4efd629d6c71bf86162658f29943b1c308ce27cdfa6db0d9c3ce81763f9cbce5"
                + "f7ebe9868031db1a8f8eb7b6b95e5c5e3f657a8996c86a2f6527e307f0213196",
    })
    void sha3(TpmiAlgHash hash, int keySize, String expected) {
        byte[] key = new byte[keySize];
        for (int i = 0; i < keySize; i++) {
            key[i] = (byte) i;
        }
        byte[] data = "Sample message for keylen<blocklen".getBytes(StandardCharsets.US_ASCII);
        assertMac(hash, key, data, expected);
    }

    /** GM/T 0042-2015, D.3, cases 1 and 2: keys 01 02 03 ... of 32 and 37 bytes. */
    @ParameterizedTest
    @CsvSource({
        "32, 6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071"
                + "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071,"
                + "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a",
        "37, cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd,"
                + "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae",
    })
    void sm3(int keySize, String data, String expected) {
        byte[] key = new byte[keySize];
        for (int i = 0; i < keySize; i++) {
            key[i] = (byte) (i + 1);
        }
        assertMac(TpmiAlgHash.SM3_256, key, HexFormat.of().parseHex(data), expected);
    }

    /** An empty authValue is an empty key. */
    @Test
    void emptyKey() {
        assertMac(TpmiAlgHash.SHA256, EMPTY, EMPTY, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    @Test
    void verifyAcceptsTheMacAndNothingElse() {
        byte[] key = {1};
        byte[] mac = hmacs.hmac(TpmiAlgHash.SHA256, key, new byte[] {2, 3});
        assertThat(hmacs.verify(TpmiAlgHash.SHA256, mac, key, new byte[] {2}, new byte[] {3}))
                .isTrue();
        mac[31] ^= 1;
        assertThat(hmacs.verify(TpmiAlgHash.SHA256, mac, key, new byte[] {2, 3}))
                .isFalse();
        assertThat(hmacs.verify(TpmiAlgHash.SHA256, EMPTY, key, new byte[] {2, 3}))
                .isFalse();
    }

    private void assertMac(TpmiAlgHash hash, byte[] key, byte[] data, String expected) {
        byte[] mac = HexFormat.of().parseHex(expected);
        assertThat(hmacs.hmac(hash, key, data)).isEqualTo(mac);
        ExportableHmac exportable = ExportableHmac.start(hash, key);
        exportable.update(data);
        assertThat(exportable.finish()).isEqualTo(mac);
    }
}
