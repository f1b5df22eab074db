/**
 * Public areas of the keys that the benchmark has made (Part 2, 12.2.4), in hexadecimal digits. No key is under dictionary
 * attack protection.
 */
final class Templates {
    private static final String NULL = "0010";
    private static final String AES_128_CFB = "0006" + "0080" + "0043";
    private static final String SIGNING = "00040472";
    private static final String RESTRICTED_SIGNING = "00050472";
    private static final String DECRYPTING = "00020472";
    private static final String RESTRICTED_DECRYPTING = "00030072";
    private static final String SIGNING_AND_DECRYPTING = "00060472";
    private static final String SEALED = "00000452";

    private static final String ECDSA = "0018" + "000b";
    private static final String RSASSA = "0014" + "000b";
    private static final String P256 = "0003";
    private static final String NO_POINT = "0000" + "0000";
    private static final String DEFAULT_EXPONENT = "00000000";

    static final String ECC_SIGNING_KEY = ecc(SIGNING, NULL + ECDSA, NO_POINT);
    static final String ECC_ATTESTATION_KEY = ecc(RESTRICTED_SIGNING, NULL + ECDSA, NO_POINT);
    static final String ECDH_KEY = ecc(DECRYPTING, NULL + NULL, NO_POINT);
    static final String RSA_SIGNING_KEY = rsa(SIGNING, NULL + RSASSA, 2048, "0000");
    static final String RSA_ATTESTATION_KEY = rsa(RESTRICTED_SIGNING, NULL + RSASSA, 2048, "0000");
    static final String RSA_DECRYPTION_KEY = rsa(DECRYPTING, NULL + NULL, 2048, "0000");
    static final String HMAC_KEY = "0008" + "000b" + SIGNING + "0000" + "0005" + "000b" + "0000";
    static final String AES_KEY = "0025" + "000b" + SIGNING_AND_DECRYPTING + "0000" + AES_128_CFB + "0000";
    static final String SEALED_DATA = "0008" + "000b" + SEALED + "0000" + NULL + "0000";

    private Templates() {}

    /** A storage key on P-256; {@code unique} differs every time, so that no TPM can know the key already. */
    static String eccStorageKey(int turn) {
        String x = "0020" + "00".repeat(28) + "%08x".formatted(turn);
        return ecc(RESTRICTED_DECRYPTING, AES_128_CFB + NULL, x + "0020" + "00".repeat(32));
    }

    /** An RSA storage key; see {@link #eccStorageKey}. */
    static String rsaStorageKey(int bits, int turn) {
        String unique = "%04x".formatted(bits / 8) + "00".repeat(bits / 8 - 4) + "%08x".formatted(turn);
        return rsa(RESTRICTED_DECRYPTING, AES_128_CFB + NULL, bits, unique);
    }

    private static String ecc(String attributes, String symmetricAndScheme, String unique) {
        return "0023" + "000b" + attributes + "0000" + symmetricAndScheme + P256 + NULL + unique;
    }

    private static String rsa(String attributes, String symmetricAndScheme, int bits, String unique) {
        String size = "%04x".formatted(bits);
        return "0001" + "000b" + attributes + "0000" + symmetricAndScheme + size + DEFAULT_EXPONENT + unique;
    }
}
