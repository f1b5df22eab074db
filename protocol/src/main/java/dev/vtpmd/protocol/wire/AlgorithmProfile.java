package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The algorithms, key sizes and curves that one TPM offers. A TPM has one profile for its whole life; what is not in it
 * cannot be read as part of a structure and is answered as if it did not exist.
 *
 * <p>Immutable, and asked for every command: what can be computed once is.
 */
public final class AlgorithmProfile {
    /** What a PC Client TPM of today offers. */
    public static final AlgorithmProfile DEFAULT = new AlgorithmProfile(
            "default",
            EnumSet.of(
                    TpmAlgId.RSA,
                    TpmAlgId.SHA1,
                    TpmAlgId.HMAC,
                    TpmAlgId.AES,
                    TpmAlgId.MGF1,
                    TpmAlgId.KEYEDHASH,
                    TpmAlgId.XOR,
                    TpmAlgId.SHA256,
                    TpmAlgId.SHA384,
                    TpmAlgId.SHA512,
                    TpmAlgId.RSASSA,
                    TpmAlgId.RSAES,
                    TpmAlgId.RSAPSS,
                    TpmAlgId.OAEP,
                    TpmAlgId.ECDSA,
                    TpmAlgId.ECDH,
                    TpmAlgId.KDF1_SP800_56A,
                    TpmAlgId.KDF2,
                    TpmAlgId.KDF1_SP800_108,
                    TpmAlgId.ECC,
                    TpmAlgId.SYMCIPHER,
                    TpmAlgId.CMAC,
                    TpmAlgId.CTR,
                    TpmAlgId.OFB,
                    TpmAlgId.CBC,
                    TpmAlgId.CFB,
                    TpmAlgId.ECB),
            EnumSet.of(TpmEccCurve.NIST_P256, TpmEccCurve.NIST_P384, TpmEccCurve.NIST_P521),
            Set.of(1024, 2048, 3072, 4096),
            Set.of(128, 192, 256));

    private static final int BITS_PER_BYTE = 8;

    private final String name;
    private final Set<TpmAlgId> algorithms;
    private final Set<TpmEccCurve> curves;
    private final Set<Integer> rsaKeyBits;
    private final Set<Integer> aesKeyBits;
    private final List<TpmiAlgHash> hashes;
    private final int largestDigest;
    private final int largestRsaModulus;
    private final int largestCoordinate;

    /**
     * A profile with copies of the sets.
     *
     * @param name how an operator calls the profile
     * @param algorithms every algorithm, without TPM_ALG_NULL; at least one hash algorithm
     * @param curves elliptic curves
     * @param rsaKeyBits sizes of RSA keys in bits
     * @param aesKeyBits sizes of AES keys in bits, and of Camellia keys where that is offered
     */
    public AlgorithmProfile(
            String name,
            Set<TpmAlgId> algorithms,
            Set<TpmEccCurve> curves,
            Set<Integer> rsaKeyBits,
            Set<Integer> aesKeyBits) {
        this.name = name;
        this.algorithms = Collections.unmodifiableSet(enumSet(algorithms, TpmAlgId.class));
        this.curves = Collections.unmodifiableSet(enumSet(curves, TpmEccCurve.class));
        this.rsaKeyBits = Set.copyOf(rsaKeyBits);
        this.aesKeyBits = Set.copyOf(aesKeyBits);
        this.hashes = Stream.of(TpmiAlgHash.values())
                .filter(hash -> algorithms.contains(hash.algorithm()))
                .toList();
        this.largestDigest =
                hashes.stream().mapToInt(TpmiAlgHash::digestSize).max().orElseThrow();
        this.largestRsaModulus =
                rsaKeyBits.stream().mapToInt(Integer::intValue).max().orElse(0) / BITS_PER_BYTE;
        this.largestCoordinate =
                curves.stream().mapToInt(TpmEccCurve::coordinateSize).max().orElse(0);
    }

    private static <E extends Enum<E>> Set<E> enumSet(Set<E> elements, Class<E> type) {
        Set<E> copy = EnumSet.noneOf(type);
        copy.addAll(elements);
        return copy;
    }

    /** How an operator calls the profile. */
    public String name() {
        return name;
    }

    /** Every algorithm offered, by ascending identifier, without TPM_ALG_NULL. */
    public Set<TpmAlgId> algorithms() {
        return algorithms;
    }

    /** The elliptic curves offered, by ascending identifier. */
    public Set<TpmEccCurve> curves() {
        return curves;
    }

    /** The sizes of RSA keys in bits. */
    public Set<Integer> rsaKeyBits() {
        return rsaKeyBits;
    }

    /** The sizes of AES keys in bits. */
    public Set<Integer> aesKeyBits() {
        return aesKeyBits;
    }

    /** Whether {@code algorithm} is offered. */
    public boolean offers(TpmAlgId algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Whether {@code hash} is offered; TPM_ALG_NULL is not. */
    public boolean offers(TpmiAlgHash hash) {
        return algorithms.contains(hash.algorithm());
    }

    /** Whether {@code curve} is offered. */
    public boolean offers(TpmEccCurve curve) {
        return curves.contains(curve);
    }

    /** Whether the symmetric block cipher {@code cipher} is offered with keys of {@code keyBits} bits. */
    public boolean offersKeyBits(TpmAlgId cipher, int keyBits) {
        return switch (cipher) {
            case AES, CAMELLIA -> offers(cipher) && aesKeyBits.contains(keyBits);
            case SM4 -> offers(cipher) && keyBits == 128;
            case TDES -> offers(cipher) && (keyBits == 128 || keyBits == 192);
            default -> false;
        };
    }

    /** The hash algorithms offered, by ascending identifier. */
    public List<TpmiAlgHash> hashes() {
        return hashes;
    }

    /** Size in bytes of the largest digest. */
    public int largestDigest() {
        return largestDigest;
    }

    /** Size in bytes of the largest RSA modulus; 0 without RSA. */
    public int largestRsaModulus() {
        return largestRsaModulus;
    }

    /** Size in bytes of a coordinate of the largest curve; 0 without curves. */
    public int largestCoordinate() {
        return largestCoordinate;
    }

    @Override
    public String toString() {
        return "AlgorithmProfile[" + name + "]";
    }
}
