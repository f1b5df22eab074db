package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Known answers of CMAC with every block cipher and size of key, to the first bytes of one message. */
class ExportableCmacTest {
    /** SP 800-38B, D.1. */
    private static final byte[] MESSAGE = HexFormat.of()
            .parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    private static final Map<Integer, String> KEYS = Map.of(
            128, "2b7e151628aed2a6abf7158809cf4f3c",
            192, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            256, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

    /** SP 800-38B, D.1 (which RFC 4493 repeats), D.2 and D.3. */
    @ParameterizedTest
    @CsvSource({
        "128, 0, bb1d6929e95937287fa37d129b756746",
        "128, 16, 070a16b46b4d4144f79bdd9dd04a287c",
        "128, 40, dfa66747de9ae63030ca32611497c827",
        "128, 64, 51f0bebf7e3b9d92fc49741779363cfe",
        "192, 0, d17ddf46adaacde531cac483de7a9367",
        "192, 16, 9e99a7bf31e710900662f65e617c5184",
        "192, 40, 8a1de5be2eb31aad089a82e6ee908b0e",
        "192, 64, a1d5df0eed790f794d77589659f39a11",
        "256, 0, 028962f61b7bf89efc6b551f4667d983",
        "256, 16, 28a7023f452e8f82bd4bf28d8c37c35c",
        "256, 40, aaf3d8f1de5640c232f5b169b9c911e6",
        "256, 64, e1992190549f6ed5696a2c056c315410",
    })
    void aes(int keyBits, int length, String expected) {
        assertCmac(TpmAlgId.AES, KEYS.get(keyBits), length, expected);
    }

    /** NIST's "Examples with Intermediate Values" of CMAC with TDES, with three keys and with two. */
    @ParameterizedTest
    @CsvSource({
        "192, 0, 7db0d37df936c550",
        "192, 16, 30239cf1f52e6609",
        "192, 20, 6c9f3ee4923f6be2",
        "192, 32, 99429bd0bf7904e5",
        "128, 0, 79ce52a7f786a960",
        "128, 16, cc18a0b79af2413b",
        "128, 20, c06d377ecd101969",
        "128, 32, 9cd33580f9b64dfb",
    })
    void tdes(int keyBits, int length, String expected) {
        String threeKeys = "0123456789abcdef23456789abcdef01456789abcdef0123";
        assertCmac(TpmAlgId.TDES, threeKeys.substring(0, keyBits / 4), length, expected);
    }

    /** No standard has values for these: they are the answers of OpenSSL 3.0, the key for SM4 that of GB/T 32907-2016, A.1. */
    @ParameterizedTest
    @CsvSource({
        "CAMELLIA, 128, 0, ba925782aaa1f5d9a00f89648094fc71",
        "CAMELLIA, 128, 16, 6d962854a3b9fda56d7d45a95ee17993",
        "CAMELLIA, 128, 40, 5c18d119ccd6766144ac1866131d9f22",
        "CAMELLIA, 128, 64, c2699a6eba55ce9d939a8a4e19466ee9",
        "CAMELLIA, 192, 0, f87e2a2b29b172145ccb43a6fee89439",
        "CAMELLIA, 192, 16, 8b3435b103fda8748e1fba527a00ff15",
        "CAMELLIA, 192, 40, 4e298456ecbd04c733de2677fd8c915c",
        "CAMELLIA, 192, 64, b86277c0dffcbaaf402a56229af54fb7",
        "CAMELLIA, 256, 0, 01e1f2fdac3a30055b3dbafdea119078",
        "CAMELLIA, 256, 16, aa5decec4af41291df4b6fe726167c79",
        "CAMELLIA, 256, 40, 7800be582ad62caee6a02ec68c5ecd67",
        "CAMELLIA, 256, 64, 07472d6ba0b2af3bcb235a701606a07a",
        "SM4, 128, 0, 29e154322e5c7bd8ee6a25ba549b24bc",
        "SM4, 128, 16, 07a0861ededd5cfcead8489011600b9c",
        "SM4, 128, 40, 67a8e59526f59125b5d91e626d23a37a",
        "SM4, 128, 64, cc8eda3eeed4cd37b55fa09b06c6f630",
    })
    void otherCiphers(TpmAlgId algorithm, int keyBits, int length, String expected) {
        String key = algorithm == TpmAlgId.SM4 ? "0123456789abcdeffedcba9876543210" : KEYS.get(keyBits);
        assertCmac(algorithm, key, length, expected);
    }

    private static void assertCmac(TpmAlgId algorithm, String key, int length, String expected) {
        ExportableCmac mac = ExportableCmac.start(algorithm, HexFormat.of().parseHex(key));
        mac.update(MESSAGE, 0, length);
        assertThat(mac.finish()).asHexString().isEqualToIgnoringCase(expected);
    }
}
