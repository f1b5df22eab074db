package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Published plaintexts and ciphertexts of every block cipher, size of key and mode. */
class BlockCipherVectorsTest {
    /** SP 800-38A, F: the plaintext and keys of its examples, which those for TDES and Camellia took over. */
    private static final String PLAINTEXT = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

    private static final Map<Integer, String> KEYS = Map.of(
            128, "2b7e151628aed2a6abf7158809cf4f3c",
            192, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            256, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    private static final String IV = "000102030405060708090a0b0c0d0e0f";
    private static final String COUNTER = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    /** GB/T 32907-2016, A.1, and RFC 3713, appendix A, where it is the plaintext too. */
    private static final String BLOCK = "0123456789abcdeffedcba9876543210";

    private final SymmetricCipher cipher = new SymmetricCipher();

    /** SP 800-38A, F.1 to F.5. */
    @ParameterizedTest
    @CsvSource({
        "ECB, 128, "
                + "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
                + "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
        "CBC, 128, "
                + "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        "CFB, 128, "
                + "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
                + "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6",
        "OFB, 128, "
                + "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825"
                + "9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e",
        "CTR, 128, "
                + "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
                + "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
        "ECB, 192, "
                + "bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eef"
                + "ef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e",
        "CBC, 192, "
                + "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a"
                + "571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd",
        "CFB, 192, "
                + "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
                + "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff",
        "OFB, 192, "
                + "cdc80d6fddf18cab34c25909c99a4174fcc28b8d4c63837c09e81700c1100401"
                + "8d9a9aeac0f6596f559c6d4daf59a5f26d9f200857ca6c3e9cac524bd9acc92a",
        "CTR, 192, "
                + "1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e94"
                + "1e36b26bd1ebc670d1bd1d665620abf74f78a7f6d29809585a97daec58c6b050",
        "ECB, 256, "
                + "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
                + "b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7",
        "CBC, 256, "
                + "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
        "CFB, 256, "
                + "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
                + "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471",
        "OFB, 256, "
                + "dc7e84bfda79164b7ecd8486985d38604febdc6740d20b3ac88f6ad82a4fb08d"
                + "71ab47a086e86eedf39d1c5bba97c4080126141d67f37be8538f5a8be740e484",
        "CTR, 256, "
                + "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
                + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6",
    })
    void aes(TpmAlgId mode, int keyBits, String ciphertext) {
        assertBothWays(
                TpmAlgId.AES, mode, KEYS.get(keyBits), mode == TpmAlgId.CTR ? COUNTER : IV, PLAINTEXT, ciphertext);
    }

    /**
     * NIST's "Examples with Intermediate Values" of the modes of SP 800-38A with TDES, with three keys and with two. CFB is that
     * of 64 bits.
     */
    @ParameterizedTest
    @CsvSource({
        "ECB, 192, " + "714772f339841d34267fcc4bd2949cc3ee11c22a576a303876183f99c0b6de87",
        "CBC, 192, " + "2079c3d53aa763e193b79e2569ab5262516570481f25b50f73c0bda85c8e0da7",
        "CFB, 192, " + "078bb74e59ce7ed67666de9cf95eaf3fe9ed6bb460f451528a5f9fe4ed710918",
        "OFB, 192, " + "078bb74e59ce7ed6267e120692667da1a58662d7e04cbc642144d55c03db5aee",
        "CTR, 192, " + "078bb74e59ce7ed619aa11d25004fb65a03cedf1ba0b09baa3bc81b8f69c1da9",
        "ECB, 128, " + "06ede3d82884090aff322c19f0518486730576972a666e58b6c88cf107340d3d",
        "CBC, 128, " + "7401ce1eab6d003caff84bf47b36cc2154f0238f9ffecd8f6acf118392b45581",
        "CFB, 128, " + "6195b9c2c39909c52ef313667b5a66af688672a3993aeae55b931ae24ee24c5c",
        "OFB, 128, " + "6195b9c2c39909c53334ba77ffdccc80e485e85f0a63e7646d8d732e33241f94",
        "CTR, 128, " + "6195b9c2c39909c5dbdf92dadbad5a5d1568482bf25c42c96d3853a8e71b010e",
    })
    void tdes(TpmAlgId mode, int keyBits, String ciphertext) {
        String threeKeys = "0123456789abcdef23456789abcdef01456789abcdef0123";
        String key = threeKeys.substring(0, keyBits / 4);
        assertBothWays(TpmAlgId.TDES, mode, key, "f69f2445df4f9b17", PLAINTEXT.substring(0, 64), ciphertext);
    }

    /** SP 800-67, B.1. */
    @Test
    void tdesCodebook() {
        String text = HexFormat.of().formatHex("The qufck brown fox jump".getBytes(StandardCharsets.US_ASCII));
        String key = "0123456789abcdef23456789abcdef01456789abcdef0123";
        String ciphertext = "a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900";
        assertBothWays(TpmAlgId.TDES, TpmAlgId.ECB, key, "", text, ciphertext);
    }

    /** RFC 3713, appendix A. */
    @ParameterizedTest
    @CsvSource({
        "0123456789abcdeffedcba9876543210, 67673138549669730857065648eabe43",
        "0123456789abcdeffedcba98765432100011223344556677, b4993401b3e996f84ee5cee7d79b09b9",
        "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff, 9acc237dff16d76c20ef7c919e3a7509",
    })
    void camelliaBlocks(String key, String ciphertext) {
        assertBothWays(TpmAlgId.CAMELLIA, TpmAlgId.ECB, key, "", BLOCK, ciphertext);
    }

    /**
     * The vectors of OpenSSL's test suite (evpciph_camellia.txt), with the inputs of SP 800-38A. The last block of CBC with 128 bits
     * has another IV there and is left out. For OFB the suite has single blocks only: here are the answers of OpenSSL 3.0 to the
     * whole plaintext.
     */
    @ParameterizedTest
    @CsvSource({
        "ECB, 128, "
                + "432fc5dcd628115b7c388d770b270c960be1f14023782a22e8384c5abb7fab2b"
                + "a0a1abcd1893ab6fe0fe5b65df5f8636e61925e0d5dfaa9bb29f815b3076e51a",
        "CBC, 128, "
                + "1607cf494b36bbf00daeb0b503c831aba2f2cf671629ef7840c5a5dfb5074887"
                + "0f06165008cf8b8b5a63586362543e54",
        "CFB, 128, "
                + "14f7646187817eb586599146b82bd719a53d28bb82df741103ea4f921a44880b"
                + "9c2157a664626d1def9ea420fde69b96742a25f0542340c7baef24ca8482bb09",
        "OFB, 128, "
                + "14f7646187817eb586599146b82bd719973291716c4d82d01a079e6df700e6eb"
                + "0ef0603e2ee534c174f44a8678a01f5ba9978a354c35c7a052c38218183cbe71",
        "ECB, 192, "
                + "cccc6c4e138b45848514d48d0d3439d35713c62c14b2ec0f8393b6afd6f5785a"
                + "b40ed2b60eb54d09d030cf511feef366909dbd95799096748cb27357e73e1d26",
        "CBC, 192, "
                + "2a4830ab5ac4a1a2405955fd2195cf935d5a869bd14ce54264f892a6dd2ec3d5"
                + "37d359c3349836d884e310addf68c44901faaa930b4ab9916e9668e1428c6b08",
        "CFB, 192, "
                + "c832bb9780677daa82d9b6860dcd565e86f8491627906d780c7a6d46ea331f98"
                + "69511cce594cf710cb98bb63d7221f01d5b5378a3abed55803f25565d8907b84",
        "OFB, 192, "
                + "c832bb9780677daa82d9b6860dcd565e3c2d4dd917844e919c637a3ab938b451"
                + "e5a9fb948bc3a757057d3d8ef304ef432c6670555bbdd6c8f89e25df337ca849",
        "ECB, 256, "
                + "befd219b112fa00098919cd101c9ccfac91d3a8f1aea08a9386cf4b66c0169ea"
                + "a623d711dc5f25a51bb8a80d56397d287960109fb6dc42947fcfe59ea3c5eb6b",
        "CBC, 256, "
                + "e6cfa35fc02b134a4d2c0b6737ac3eda36cbeb73bd504b4070b1b7de2b21eb50"
                + "e31a6055297d96ca3330cdf1b1860a835d563f6d1cccf236051c0c5c1c58f28f",
        "CFB, 256, "
                + "cf6107bb0cea7d7fb1bd31f5e7b06c9389bedb4ccdd864ea11ba4cbe849b5e2b"
                + "555fc3f34bdd2d54c62d9e3bf338c1c45953adce14db8c7f39f1bd39f359bffa",
        "OFB, 256, "
                + "cf6107bb0cea7d7fb1bd31f5e7b06c9385521db2f6bb677f1eb2244658418340"
                + "23272685ae6049c788114b3c21ca205c5ee78c39291e114699050e3d20db0c4a",
    })
    void camelliaModes(TpmAlgId mode, int keyBits, String ciphertext) {
        String plaintext = PLAINTEXT.substring(0, ciphertext.length());
        assertBothWays(TpmAlgId.CAMELLIA, mode, KEYS.get(keyBits), IV, plaintext, ciphertext);
    }

    /** RFC 5528, 4.1, vectors 2, 5 and 8. */
    @ParameterizedTest
    @CsvSource({
        "7e24067817fae0d743d6ce1f32539163, 006cb6dbc0543b59da48d90b00000001, "
                + "dbf3c78dc08396d4da7c907765bbcb442b8e8e0f31f0dca72c7417e35360e048",
        "7c5cb2401b3dc33c19e7340819e0f69c678c3db8e6f6a91a, 0096b03b020c6eadc2cb500d00000001, "
                + "7def34f7a5d0e415674b7ffcae67c75dd018b86ff23051e056392a99f35a4ced",
        "f6d66d6bd52d59bb0796365879eff886c66dd51a5b6a99744b50590c87a23884, 00faac24c1585ef15a43d87500000001, "
                + "d6c30392246f7808a83c2b22a8839e45e51cd48a1cdf406ebc9cc2d3ab834108",
    })
    void camelliaCounter(String key, String counter, String ciphertext) {
        String plaintext = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        assertBothWays(TpmAlgId.CAMELLIA, TpmAlgId.CTR, key, counter, plaintext, ciphertext);
    }

    /** GB/T 32907-2016, A.1. */
    @Test
    void sm4Block() {
        assertBothWays(TpmAlgId.SM4, TpmAlgId.ECB, BLOCK, "", BLOCK, "681edf34d206965e86b3e94f536e4246");
    }

    /** draft-ribose-cfrg-sm4-10, A.2.2.1, A.2.4.1 and A.2.3.1. */
    @ParameterizedTest
    @CsvSource({
        "CBC, 78ebb11cc40b0a48312aaeb2040244cb4cb7016951909226979b0d15dc6a8f6d",
        "CFB, ac3236cb861dd316e6413b4e3c7524b769d4c54ed433b9a0346009beb37b2b3f",
        "OFB, ac3236cb861dd316e6413b4e3c7524b71d01aca2487ca582cbf5463e6698539b",
    })
    void sm4Modes(TpmAlgId mode, String ciphertext) {
        String plaintext = "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffaaaaaaaabbbbbbbb";
        assertBothWays(TpmAlgId.SM4, mode, BLOCK, IV, plaintext, ciphertext);
    }

    /** draft-ribose-cfrg-sm4-10, A.2.5.1. */
    @Test
    void sm4Counter() {
        String plaintext = "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                + "eeeeeeeeeeeeeeeeffffffffffffffffaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb";
        String ciphertext = "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7"
                + "f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514";
        assertBothWays(TpmAlgId.SM4, TpmAlgId.CTR, BLOCK, IV, plaintext, ciphertext);
    }

    private void assertBothWays(
            TpmAlgId algorithm, TpmAlgId mode, String keyHex, String ivHex, String plaintextHex, String ciphertextHex) {
        byte[] key = HexFormat.of().parseHex(keyHex);
        byte[] iv = HexFormat.of().parseHex(mode == TpmAlgId.ECB ? "" : ivHex);
        byte[] plaintext = HexFormat.of().parseHex(plaintextHex);
        byte[] ciphertext = HexFormat.of().parseHex(ciphertextHex);
        SymmetricCipher.Output encrypted = cipher.encrypt(algorithm, mode, key, iv, plaintext);
        SymmetricCipher.Output decrypted = cipher.decrypt(algorithm, mode, key, iv, ciphertext);
        assertThat(encrypted.data()).isEqualTo(ciphertext);
        assertThat(decrypted.data()).isEqualTo(plaintext);
        byte[] ivOut = ivOut(mode, iv, plaintext, ciphertext);
        assertThat(encrypted.iv()).isEqualTo(ivOut);
        assertThat(decrypted.iv()).isEqualTo(ivOut);
    }

    /** What the next block is chained to, after SP 800-38A, 6. */
    private static byte[] ivOut(TpmAlgId mode, byte[] iv, byte[] plaintext, byte[] ciphertext) {
        int size = iv.length;
        byte[] last = Arrays.copyOfRange(ciphertext, ciphertext.length - size, ciphertext.length);
        return switch (mode) {
            case CBC, CFB -> last;
            case OFB -> {
                for (int i = 0; i < size; i++) {
                    last[i] ^= plaintext[plaintext.length - size + i];
                }
                yield last;
            }
            case CTR -> {
                BigInteger next = new BigInteger(1, iv).add(BigInteger.valueOf(ciphertext.length / size));
                yield UnsignedIntegers.toBytes(next.mod(BigInteger.ONE.shiftLeft(size * Byte.SIZE)), size);
            }
            default -> iv;
        };
    }
}
