package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.ExportableCmac;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.protocol.constant.TpmAlgId;

import java.util.Arrays;

import static dev.vtpmd.engine.crypto.selftest.KnownAnswers.hex;

/** Answers of block ciphers and their modes: SP 800-38A and 38B for AES, SP 800-67, GB/T 32907 and RFC 3713 for the others. */
final class CipherAnswers {
    private static final String AES_128_KEY = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String AES_192_KEY = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";
    private static final String AES_256_KEY = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    private static final String BLOCK = "6bc1bee22e409f96e93d7e117393172a";
    private static final String IV = "000102030405060708090a0b0c0d0e0f";
    private static final String COUNTER = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private static final String CMAC = "070a16b46b4d4144f79bdd9dd04a287c";
    private static final String TDES_KEY = "0123456789abcdef23456789abcdef01456789abcdef0123";
    private static final String SM4_AND_CAMELLIA = "0123456789abcdeffedcba9876543210";

    private final SymmetricCipher ciphers = new SymmetricCipher();

    boolean cipher(TpmAlgId algorithm) {
        return switch (algorithm) {
            case AES ->
                block(TpmAlgId.AES, AES_128_KEY, BLOCK, "3ad77bb40d7a3660a89ecaf32466ef97")
                        && block(TpmAlgId.AES, AES_192_KEY, BLOCK, "bd334f1d6e45f25ff712a214571fa5cc")
                        && block(TpmAlgId.AES, AES_256_KEY, BLOCK, "f3eed1bdb5d2a03c064b5a7e3db181f8");
            case TDES -> block(TpmAlgId.TDES, TDES_KEY, "5468652071756663", "a826fd8ce53b855f");
            case SM4 -> block(TpmAlgId.SM4, SM4_AND_CAMELLIA, SM4_AND_CAMELLIA, "681edf34d206965e86b3e94f536e4246");
            case CAMELLIA ->
                block(TpmAlgId.CAMELLIA, SM4_AND_CAMELLIA, SM4_AND_CAMELLIA, "67673138549669730857065648eabe43")
                        && block(
                                TpmAlgId.CAMELLIA,
                                SM4_AND_CAMELLIA + "0011223344556677",
                                SM4_AND_CAMELLIA,
                                "b4993401b3e996f84ee5cee7d79b09b9")
                        && block(
                                TpmAlgId.CAMELLIA,
                                SM4_AND_CAMELLIA + "00112233445566778899aabbccddeeff",
                                SM4_AND_CAMELLIA,
                                "9acc237dff16d76c20ef7c919e3a7509");
            default -> throw new IllegalArgumentException(algorithm + " is no block cipher");
        };
    }

    /** The mode with AES-128. */
    boolean mode(TpmAlgId mode) {
        return switch (mode) {
            case ECB -> both(TpmAlgId.AES, mode, AES_128_KEY, "", BLOCK, "3ad77bb40d7a3660a89ecaf32466ef97");
            case CBC -> both(TpmAlgId.AES, mode, AES_128_KEY, IV, BLOCK, "7649abac8119b246cee98e9b12e9197d");
            case CFB, OFB -> both(TpmAlgId.AES, mode, AES_128_KEY, IV, BLOCK, "3b3fd92eb72dad20333449f8e83cfb4a");
            case CTR -> both(TpmAlgId.AES, mode, AES_128_KEY, COUNTER, BLOCK, "874d6191b620e3261bef6864990db6ce");
            default -> throw new IllegalArgumentException(mode + " is no mode");
        };
    }

    boolean cmac() {
        ExportableCmac cmac = ExportableCmac.start(TpmAlgId.AES, hex(AES_128_KEY));
        cmac.update(hex(BLOCK));
        return Arrays.equals(cmac.finish(), hex(CMAC));
    }

    private boolean block(TpmAlgId cipher, String key, String plain, String encrypted) {
        return both(cipher, TpmAlgId.ECB, key, "", plain, encrypted);
    }

    private boolean both(TpmAlgId cipher, TpmAlgId mode, String key, String iv, String plain, String encrypted) {
        byte[] there =
                ciphers.encrypt(cipher, mode, hex(key), hex(iv), hex(plain)).data();
        byte[] back =
                ciphers.decrypt(cipher, mode, hex(key), hex(iv), hex(encrypted)).data();
        return Arrays.equals(there, hex(encrypted)) && Arrays.equals(back, hex(plain));
    }
}
