package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPM_ALG_ID: the algorithms of the TCG algorithm registry (Part 2, 6.3), 16 bits on the wire. Being in this list does not
 * make an algorithm one that a TPM offers; that is {@link dev.vtpmd.protocol.wire.AlgorithmProfile}'s to say.
 */
public enum TpmAlgId {
    RSA(0x0001, 0x0009),
    TDES(0x0003, 0x0002),
    SHA1(0x0004, 0x0004),
    HMAC(0x0005, 0x0104),
    AES(0x0006, 0x0002),
    MGF1(0x0007, 0x0404),
    KEYEDHASH(0x0008, 0x030C),
    XOR(0x000A, 0x0006),
    SHA256(0x000B, 0x0004),
    SHA384(0x000C, 0x0004),
    SHA512(0x000D, 0x0004),
    SHA256_192(0x000E, 0x0004),
    NULL(0x0010, 0x0000),
    SM3_256(0x0012, 0x0004),
    SM4(0x0013, 0x0002),
    RSASSA(0x0014, 0x0101),
    RSAES(0x0015, 0x0201),
    RSAPSS(0x0016, 0x0101),
    OAEP(0x0017, 0x0201),
    ECDSA(0x0018, 0x0101),
    ECDH(0x0019, 0x0401),
    ECDAA(0x001A, 0x0101),
    SM2(0x001B, 0x0501),
    ECSCHNORR(0x001C, 0x0101),
    ECMQV(0x001D, 0x0401),
    HKDF(0x001F, 0x0404),
    KDF1_SP800_56A(0x0020, 0x0404),
    KDF2(0x0021, 0x0404),
    KDF1_SP800_108(0x0022, 0x0404),
    ECC(0x0023, 0x0009),
    SYMCIPHER(0x0025, 0x0008),
    CAMELLIA(0x0026, 0x0002),
    SHA3_256(0x0027, 0x0004),
    SHA3_384(0x0028, 0x0004),
    SHA3_512(0x0029, 0x0004),
    SHAKE128(0x002A, 0x0000),
    SHAKE256(0x002B, 0x0000),
    SHAKE256_192(0x002C, 0x0000),
    SHAKE256_256(0x002D, 0x0000),
    SHAKE256_512(0x002E, 0x0000),
    CMAC(0x003F, 0x0102),
    CTR(0x0040, 0x0202),
    OFB(0x0041, 0x0202),
    CBC(0x0042, 0x0202),
    CFB(0x0043, 0x0202),
    ECB(0x0044, 0x0202),
    CCM(0x0050, 0x0000),
    GCM(0x0051, 0x0000),
    KW(0x0052, 0x0000),
    KWP(0x0053, 0x0000),
    EAX(0x0054, 0x0000),
    EDDSA(0x0060, 0x0101),
    EDDSA_PH(0x0061, 0x0101),
    LMS(0x0070, 0x0000),
    XMSS(0x0071, 0x0000),
    KEYEDXOF(0x0080, 0x0000),
    KMACXOF128(0x0081, 0x0000),
    KMACXOF256(0x0082, 0x0000),
    KMAC128(0x0090, 0x0000),
    KMAC256(0x0091, 0x0000),
    MLKEM(0x00A0, 0x0209),
    MLDSA(0x00A1, 0x0109),
    HASH_MLDSA(0x00A2, 0x0109);

    private static final TpmAlgId[] BY_VALUE = new TpmAlgId[0x100];

    static {
        for (TpmAlgId algorithm : values()) {
            BY_VALUE[algorithm.value] = algorithm;
        }
    }

    private final int value;
    private final int attributes;

    TpmAlgId(int value, int attributes) {
        this.value = value;
        this.attributes = attributes;
    }

    /** The identifier, 16 bits. */
    public int value() {
        return value;
    }

    /** The TPMA_ALGORITHM that TPM2_GetCapability reports (Part 2, 8.2). */
    public int attributes() {
        return attributes;
    }

    /** Writes the identifier. */
    public void write(TpmWriter out) {
        out.u16(value);
    }

    /** The algorithm with this 16-bit identifier, or null where the registry has none. */
    public static TpmAlgId of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
    }
}
