package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.List;

/** Arbitrary values of the base types. */
public final class Samples {
    private Samples() {}

    /** Buffers of at most {@code maximum} bytes. */
    public static Arbitrary<Tpm2b> buffers(int maximum) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(maximum).map(Tpm2b::copyOf);
    }

    /** Buffers of a size that {@code type} allows, but not of more than 64 bytes, to keep structures short. */
    public static Arbitrary<Tpm2b> buffers(Tpm2bType type) {
        return buffers(Math.min(type.maximum(Profiles.EVERYTHING), 64));
    }

    /** Hash algorithms. */
    public static Arbitrary<TpmiAlgHash> hashes() {
        return Arbitraries.of(Profiles.EVERYTHING.hashes());
    }

    /** Hash algorithms and NULL. */
    public static Arbitrary<TpmiAlgHash> hashesOrNull() {
        return Arbitraries.of(TpmiAlgHash.values());
    }

    /** UINT16 values. */
    public static Arbitrary<Integer> u16() {
        return Arbitraries.integers().between(0, 0xFFFF);
    }

    /** UINT32 values. */
    public static Arbitrary<Integer> u32() {
        return Arbitraries.integers();
    }

    /** UINT64 values. */
    public static Arbitrary<Long> u64() {
        return Arbitraries.longs();
    }

    /** Lists of at most {@code maximum} elements. */
    public static <T> Arbitrary<List<T>> lists(Arbitrary<T> elements, int maximum) {
        return elements.list().ofMaxSize(maximum);
    }
}
