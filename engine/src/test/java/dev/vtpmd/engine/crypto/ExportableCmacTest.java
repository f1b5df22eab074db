package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Published answers of CMAC with every block cipher and size of key. */
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

    /** draft-kato-ipsec-camellia-cmac96and128, 6.2. */
    @ParameterizedTest
    @CsvSource({
        "0, ba925782aaa1f5d9a00f89648094fc71",
        "16, 6d962854a3b9fda56d7d45a95ee17993",
        "40, 5c18d119ccd6766144ac1866131d9f22",
        "64, c2699a6eba55ce9d939a8a4e19466ee9",
    })
    void camellia(int length, String expected) {
        assertCmac(TpmAlgId.CAMELLIA, KEYS.get(128), length, expected);
    }

    /** Wycheproof's camellia_cmac_test.json: nothing, almost a block, a block, and more, with keys of 192 and 256 bits. */
    @ParameterizedTest
    @CsvSource({
        "3d6bf9edae6d881eade0ff8c7076a4835b71320c1f36b631, '', " + "3bbc055e1ae504eda8f8de515c8722e2",
        "850fc859e9f7b89a367611dee6698f33962d8245ca8dc331, '586f4f171af116519061a8e0e77940', "
                + "08f1fe65f54e131b412b780c24b1bda3",
        "f4bfa5aa4f0f4d62cf736cd2969c43d580fdb92f2753bedb, '0e239f239705b282ce2200fe20de1165', "
                + "04e9d2191ff57707afeb2b2013445017",
        "cfd3f68873d81a27d2bfce876c79f6e609074dec39e34614, 'b1973cb25aa87ef9d1a8888b0a0f5c04c6', "
                + "27d3eb290761c8c9b2bff2f2d4eb7526",
        "9d11abc1fcb248a436598e695be12c3c2ed90a18ba09d62c, 'aa5182cae2a8fb068c0b3fb2be3e57ae523d13dffd1a944587707c2b67447f3f', "
                + "8fbe081359a31c7030fd8d5a1510036c",
        "7bf9e536b66a215c22233fe2daaa743a898b9acb9f7802de70b40e3d6e43ef97, '', " + "9f97913cc7f87be002d2f7c132e06d4a",
        "c19bdf314c6cf64381425467f42aefa17c1cc9358be16ce31b1d214859ce86aa, '5d066a92c300e9b6ddd63a7c13ae33', "
                + "c348a79f22eb7dc8b558000a3623627b",
        "612e837843ceae7f61d49625faa7e7494f9253e20cb3adcea686512b043936cd, 'cc37fae15f745a2f40e2c8b192f2b38d', "
                + "89879086896578112de7b3a5bf8fdf8a",
        "73216fafd0022d0d6ee27198b2272578fa8f04dd9f44467fbb6437aa45641bf7, 'd5247b8f6c3edcbfb1d591d13ece23d2f5', "
                + "737635218c61d47ae5fb3d95e752d8cf",
        "96e1e4896fb2cd05f133a6a100bc5609a7ac3ca6d81721e922dadd69ad07a892, '91a17e4dfcc3166a1add26ff0e7c12056e8a654f28a6de24f4ba739ceb5b5b18', "
                + "3e3184f36a8e5ab5a5edddf785f2a04f"
    })
    void camelliaWithLongKeys(String key, String message, String expected) {
        assertCmac(TpmAlgId.CAMELLIA, key, HexFormat.of().parseHex(message), expected);
    }

    /** GB/T 15852.1-2020, annex B, with the key of GB/T 32907-2016, A.1. */
    @ParameterizedTest
    @CsvSource({
        "'', 29e154322e5c7bd8ee6a25ba549b24bc",
        "This is the test message for mac, 692c437100f3b5ee2b8abcef373d990c",
        "'This is the test message ', 4738a6c760b280fc0c8a8af3886e9f5d",
    })
    void sm4(String message, String expected) {
        byte[] characters = message.getBytes(StandardCharsets.US_ASCII);
        assertCmac(TpmAlgId.SM4, "0123456789abcdeffedcba9876543210", characters, expected);
    }

    private static void assertCmac(TpmAlgId algorithm, String key, int length, String expected) {
        assertCmac(algorithm, key, Arrays.copyOf(MESSAGE, length), expected);
    }

    private static void assertCmac(TpmAlgId algorithm, String key, byte[] message, String expected) {
        ExportableCmac mac = ExportableCmac.start(algorithm, HexFormat.of().parseHex(key));
        mac.update(message, 0, message.length);
        assertThat(mac.finish()).asHexString().isEqualToIgnoringCase(expected);
    }
}
