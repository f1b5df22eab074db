package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2021-3446 and CVE-2026-21444: libtpms on OpenSSL gave back the IV that it was given instead of the one that the next
 * piece of the data is to be encrypted with, so who went on with it encrypted every piece under the same IV.
 *
 * <p>The ciphertexts are those of SP 800-38A, annex F, for AES-128 and AES-256: four blocks, sent in two pieces.
 */
class InitializationVectorTest {
    private static final int ENCRYPT_DECRYPT = 0x164;
    private static final int ENCRYPT_DECRYPT2 = 0x193;
    private static final int BOTH = TestKeys.SIGNING | TpmaObject.DECRYPT;
    private static final int BLOCK_DIGITS = 32;
    private static final String AES_128 = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String AES_256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    private static final String IV = "000102030405060708090A0B0C0D0E0F";
    private static final String COUNTER = "F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF";
    private static final String PLAIN = "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"
            + "30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710";

    private final LoadedTpm tpm = new LoadedTpm("full");

    @ParameterizedTest
    @CsvSource({
        "CBC, 128, 7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2"
                + "73BED6B8E3C1743B7116E69E222295163FF1CAA1681FAC09120ECA307586E1A7",
        "CFB, 128, 3B3FD92EB72DAD20333449F8E83CFB4AC8A64537A0B3A93FCDE3CDAD9F1CE58B"
                + "26751F67A3CBB140B1808CF187A4F4DFC04B05357C5D1C0EEAC4C66F9FF7F2E6",
        "OFB, 128, 3B3FD92EB72DAD20333449F8E83CFB4A7789508D16918F03F53C52DAC54ED825"
                + "9740051E9C5FECF64344F7A82260EDCC304C6528F659C77866A510D9C1D6AE5E",
        "CTR, 128, 874D6191B620E3261BEF6864990DB6CE9806F66B7970FDFF8617187BB9FFFDFF"
                + "5AE4DF3EDBD5D35E5B4F09020DB03EAB1E031DDA2FBE03D1792170A0F3009CEE",
        "CBC, 256, F58C4C04D6E5F1BA779EABFB5F7BFBD69CFC4E967EDB808D679F777BC6702C7D"
                + "39F23369A9D9BACFA530E26304231461B2EB05E2C39BE9FCDA6C19078C6A9D1B",
        "CFB, 256, DC7E84BFDA79164B7ECD8486985D386039FFED143B28B1C832113C6331E5407B"
                + "DF10132415E54B92A13ED0A8267AE2F975A385741AB9CEF82031623D55B1E471",
        "OFB, 256, DC7E84BFDA79164B7ECD8486985D38604FEBDC6740D20B3AC88F6AD82A4FB08D"
                + "71AB47A086E86EEDF39D1C5BBA97C4080126141D67F37BE8538F5A8BE740E484",
        "CTR, 256, 601EC313775789A5B7A7F504BBF3D228F443E3CA4D62B59ACA84E990CACAF5C5"
                + "2B0930DAA23DE94CE87017BA2D84988DDFC9C58DB67AADA613C2DD08457941A6"
    })
    void theNextPieceIsEncryptedWithTheIvThatTheLastOneGave(TpmAlgId mode, int keyBits, String encrypted) {
        String key = tpm.load(TestKeys.aes(BOTH, mode, keyBits == 128 ? AES_128 : AES_256));
        String iv = mode == TpmAlgId.CTR ? COUNTER : IV;
        for (int pieceDigits = BLOCK_DIGITS; pieceDigits < PLAIN.length(); pieceDigits += BLOCK_DIGITS) {
            for (int command : new int[] {ENCRYPT_DECRYPT, ENCRYPT_DECRYPT2}) {
                assertThat(inTwoPieces(command, key, "00", iv, PLAIN, pieceDigits))
                        .isEqualTo(encrypted);
                assertThat(inTwoPieces(command, key, "01", iv, encrypted, pieceDigits))
                        .isEqualTo(PLAIN);
            }
        }
    }

    /** A missing, short or long IV is refused, not taken with what stands behind it. */
    @ParameterizedTest
    @CsvSource({"CBC, 0", "CBC, 15", "CFB, 0", "CFB, 8", "CFB, 15", "OFB, 1", "OFB, 15", "CTR, 0", "CTR, 12", "CTR, 15"
    })
    void anIvIsOneBlock(TpmAlgId mode, int size) {
        String key = tpm.load(TestKeys.aes(BOTH, mode, AES_128));
        String iv = sized("00".repeat(size));
        assertThat(tpm.code(ENCRYPT_DECRYPT, 1, key, "00" + "0010" + iv + sized(PLAIN)))
                .isEqualTo(0x3D5);
        assertThat(tpm.code(ENCRYPT_DECRYPT2, 1, key, sized(PLAIN) + "00" + "0010" + iv))
                .isEqualTo(0x4D5);
    }

    private String inTwoPieces(int command, String key, String decrypt, String iv, String data, int pieceDigits) {
        String first = run(command, key, decrypt, iv, data.substring(0, pieceDigits));
        String ivOut = first.substring(pieceDigits + 8);
        assertThat(ivOut).hasSize(BLOCK_DIGITS).isNotEqualTo(iv);
        String second = run(command, key, decrypt, ivOut, data.substring(pieceDigits));
        return first.substring(4, 4 + pieceDigits) + second.substring(4, 4 + data.length() - pieceDigits);
    }

    private String run(int command, String key, String decrypt, String iv, String data) {
        String selection = decrypt + "0010" + sized(iv);
        return tpm.run(command, 1, key, command == ENCRYPT_DECRYPT ? selection + sized(data) : sized(data) + selection);
    }

    private static String sized(String digits) {
        return "%04X".formatted(digits.length() / 2) + digits;
    }
}
