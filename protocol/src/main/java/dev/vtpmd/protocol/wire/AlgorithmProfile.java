package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The algorithms, key sizes and curves that one TPM offers. A TPM has one profile for its whole life; what is not in it
 * cannot be read as part of a structure and is answered as if it did not exist. The profiles of a release are data: the
 * resources {@code profile/NAME.properties} beside this class.
 *
 * <p>Immutable, and asked for every command: what can be computed once is.
 */
public final class AlgorithmProfile {
    private static final int BITS_PER_BYTE = 8;
    private static final Map<String, AlgorithmProfile> ALL = ProfileFile.all();

    /** What a PC Client TPM of today offers. */
    public static final AlgorithmProfile DEFAULT =
            named("default").orElseThrow(() -> new IllegalStateException("there is no default profile"));

    private final String name;
    private final Set<TpmAlgId> algorithms;
    private final Set<TpmEccCurve> curves;
    private final Map<TpmAlgId, Set<Integer>> keyBits;
    private final Set<TpmiAlgHash> pcrBanks;
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
     * @param keyBits sizes of keys in bits, for RSA and each block cipher
     * @param pcrBanks the banks of a new TPM that have PCRs, among the hash algorithms
     */
    public AlgorithmProfile(
            String name,
            Set<TpmAlgId> algorithms,
            Set<TpmEccCurve> curves,
            Map<TpmAlgId, Set<Integer>> keyBits,
            Set<TpmiAlgHash> pcrBanks) {
        this.name = name;
        this.algorithms = Collections.unmodifiableSet(enumSet(algorithms, TpmAlgId.class));
        this.curves = Collections.unmodifiableSet(enumSet(curves, TpmEccCurve.class));
        this.keyBits = new EnumMap<>(TpmAlgId.class);
        keyBits.forEach(
                (algorithm, sizes) -> this.keyBits.put(algorithm, Collections.unmodifiableSet(new TreeSet<>(sizes))));
        this.pcrBanks = Collections.unmodifiableSet(enumSet(pcrBanks, TpmiAlgHash.class));
        this.hashes = Stream.of(TpmiAlgHash.values())
                .filter(hash -> algorithms.contains(hash.algorithm()))
                .toList();
        this.largestDigest =
                hashes.stream().mapToInt(TpmiAlgHash::digestSize).max().orElseThrow();
        this.largestRsaModulus =
                keyBits(TpmAlgId.RSA).stream().mapToInt(Integer::intValue).max().orElse(0) / BITS_PER_BYTE;
        this.largestCoordinate =
                curves.stream().mapToInt(TpmEccCurve::coordinateSize).max().orElse(0);
    }

    /** The names of the profiles that this release has, in the order in which they are shown. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The profile with this name, if this release has it. */
    public static Optional<AlgorithmProfile> named(String name) {
        return Optional.ofNullable(ALL.get(name));
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

    /** The sizes in bits, ascending, of keys of RSA or a block cipher; none where {@code algorithm} is not offered. */
    public Set<Integer> keyBits(TpmAlgId algorithm) {
        return keyBits.getOrDefault(algorithm, Set.of());
    }

    /** The PCR banks of a new TPM that have PCRs, by ascending identifier of the hash algorithm. */
    public Set<TpmiAlgHash> pcrBanks() {
        return pcrBanks;
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

    /** Whether RSA or the block cipher {@code algorithm} is offered with keys of {@code bits} bits. */
    public boolean offersKeyBits(TpmAlgId algorithm, int bits) {
        return keyBits(algorithm).contains(bits);
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
