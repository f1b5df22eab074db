package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SM4, Camellia and TDES, which the full profile has. The first block of each ECB ciphertext is published: GB/T 32907, annex A.1;
 * RFC 3713, appendix A; SP 800-67, appendix B.1 (all three blocks). SM4's other modes are those of draft-ribose-cfrg-sm4-10,
 * appendix A.2; the rest was computed with OpenSSL 3.0.
 */
final class OtherCiphersTest {
    private static final int LOAD_EXTERNAL = 0x167;
    private static final int ENCRYPT_DECRYPT2 = 0x193;
    private static final int MAC = 0x155;
    private static final int TPM_RH_NULL = 0x40000007;

    private static final String SM4 = "0013 0080";
    private static final String SM4_KEY = "0123456789abcdeffedcba9876543210";
    private static final String CAMELLIA_128 = "0026 0080";
    private static final String CAMELLIA_192 = "0026 00c0";
    private static final String CAMELLIA_256 = "0026 0100";
    private static final String TDES_128 = "0003 0080";
    private static final String TDES_192 = "0003 00c0";
    private static final String TDES_KEY = "0123456789abcdef23456789abcdef01456789abcdef0123";

    private static final String SM4_TEXT = "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffaaaaaaaabbbbbbbb";
    private static final String CAMELLIA_TEXT = "0123456789abcdeffedcba9876543210aaaaaaaabbbbbbbbccccccccdddddddd";
    private static final String TDES_TEXT = "54686520717566636b2062726f776e20666f78206a756d70";
    private static final String IV = "000102030405060708090a0b0c0d0e0f";

    private static final String ENCRYPT = "00";
    private static final String DECRYPT = "01";
    private static final String CMAC = "003F";
    private static final String ECB = "0044";
    /** userWithAuth, decrypt and sign. */
    private static final String CIPHER_KEY = "00060040";
    /** userWithAuth and sign. */
    private static final String MAC_KEY = "00040040";

    private final TestTpm tpm = TestTpm.started("full");

    @ParameterizedTest
    @CsvSource({
        "0044, 5ec8143de509cff7b5179f8f474b86192f1d305a7fb17df985f81c8482192304",
        "0042, 78ebb11cc40b0a48312aaeb2040244cb4cb7016951909226979b0d15dc6a8f6d",
        "0043, ac3236cb861dd316e6413b4e3c7524b769d4c54ed433b9a0346009beb37b2b3f",
        "0041, ac3236cb861dd316e6413b4e3c7524b71d01aca2487ca582cbf5463e6698539b",
        "0040, ac3236cb861dd316e6413b4e3c7524b781e9e3a5bf5c03fe703bb94f3abb16a1"
    })
    void sm4(String mode, String encrypted) {
        encryptsAndDecrypts(load(SM4, SM4_KEY), mode, IV, SM4_TEXT, encrypted);
    }

    @Test
    void sm4AsInTheStandard() {
        encryptsAndDecrypts(load(SM4, SM4_KEY), ECB, "", SM4_KEY, "681edf34d206965e86b3e94f536e4246");
    }

    @ParameterizedTest
    @CsvSource({
        "0044, 67673138549669730857065648eabe435ad04849360300baf93b00b3f8edf7c6",
        "0042, 474115c467cb4eece287260d13094140b4a7c69c30777bca836fba4d035d082e",
        "0043, 51bf2d7cb26c521dead3528f8b1aec6171259a44048c89cef637e4dcbc3b2b16",
        "0041, 51bf2d7cb26c521dead3528f8b1aec613bff1914112cc3b2ce60f1c87b78cc3c",
        "0040, 51bf2d7cb26c521dead3528f8b1aec61c4ac92c737860d22adca21e6e20852c5"
    })
    void camellia128(String mode, String encrypted) {
        encryptsAndDecrypts(load(CAMELLIA_128, SM4_KEY), mode, IV, CAMELLIA_TEXT, encrypted);
    }

    @Test
    void camelliaWithLongerKeys() {
        encryptsAndDecrypts(
                load(CAMELLIA_192, SM4_KEY + "0011223344556677"),
                ECB,
                "",
                CAMELLIA_TEXT,
                "b4993401b3e996f84ee5cee7d79b09b95fa663fa9ca861a7e362428df76775a6");
        encryptsAndDecrypts(
                load(CAMELLIA_256, SM4_KEY + "00112233445566778899aabbccddeeff"),
                ECB,
                "",
                CAMELLIA_TEXT,
                "9acc237dff16d76c20ef7c919e3a7509e394a28f06c3159ec4b082dc10b67085");
    }

    @ParameterizedTest
    @CsvSource({
        "0044, a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900",
        "0042, f368d06f3bbd614e60f2d0245cad3f818d5c69f2cb3fd5c7",
        "0043, 645af773cc5c032333f4547f1dc72227fc325ca3d41d1bbc",
        "0041, 645af773cc5c0323cd6750acc94eb37df6eccb9c9f705815"
    })
    void tdes(String mode, String encrypted) {
        encryptsAndDecrypts(load(TDES_192, TDES_KEY), mode, "0001020304050607", TDES_TEXT, encrypted);
    }

    @Test
    void anIvHasTheSizeOfTheCiphersBlock() {
        int key = load(TDES_128, SM4_KEY);

        assertThat(run(key, ENCRYPT, "0043", IV, TDES_TEXT).code()).isEqualTo(0x4D5);
        assertThat(run(key, ENCRYPT, "0042", "0001020304050607", "00".repeat(12))
                        .code())
                .isEqualTo(0x1D5);
    }

    @ParameterizedTest
    @CsvSource({
        "0013 0080, 0123456789abcdeffedcba9876543210, 07a0861ededd5cfcead8489011600b9c",
        "0026 0080, 0123456789abcdeffedcba9876543210, dac259b031262650346baa4c2dede130",
        "0003 00c0, 0123456789abcdef23456789abcdef01456789abcdef0123, 30239cf1f52e6609"
    })
    void cmacs(String cipher, String key, String mac) {
        int handle = load(cipher, key, CMAC, MAC_KEY);

        TssResponse response = TssCommand.of(MAC)
                .handle(handle)
                .password()
                .parameters(sized("6bc1bee22e409f96e93d7e117393172a") + CMAC)
                .sendTo(tpm);

        assertThat(response.parameters()).isEqualToIgnoringCase(sized(mac));
    }

    private void encryptsAndDecrypts(int key, String mode, String iv, String plain, String encrypted) {
        String ivOfMode = mode.equals(ECB) ? "" : iv;
        assertThat(run(key, ENCRYPT, mode, ivOfMode, plain).parameters()).startsWithIgnoringCase(sized(encrypted));
        assertThat(run(key, DECRYPT, mode, ivOfMode, encrypted).parameters()).startsWithIgnoringCase(sized(plain));
    }

    private TssResponse run(int key, String decrypt, String mode, String iv, String data) {
        return TssCommand.of(ENCRYPT_DECRYPT2)
                .handle(key)
                .password()
                .parameters(sized(data) + decrypt + mode + sized(iv))
                .sendTo(tpm);
    }

    private int load(String cipher, String key) {
        return load(cipher, key, "0010", CIPHER_KEY);
    }

    /** Loads a key without a Name. */
    private int load(String cipher, String key, String mode, String attributes) {
        String sensitive = "0025 0000 0000" + sized(key);
        String publicArea = "0025 0010" + attributes + "0000" + cipher + mode + "0000";
        TssResponse response = TssCommand.of(LOAD_EXTERNAL)
                .parameters(structure(sensitive) + structure(publicArea) + "%08X".formatted(TPM_RH_NULL))
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        return response.handle();
    }

    private static String sized(String hex) {
        return "%04x".formatted(hex.length() / 2) + hex;
    }

    private static String structure(String hex) {
        return sized(hex.replace(" ", ""));
    }
}
