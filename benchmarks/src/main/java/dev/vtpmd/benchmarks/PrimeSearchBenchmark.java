package dev.vtpmd.benchmarks;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.derivation.PrimaryObjectSource;
import dev.vtpmd.engine.crypto.derivation.RsaKeySearch;
import dev.vtpmd.engine.crypto.derivation.SeedCompatLevel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The search for the primes of RSA keys from seeds: the same twenty keys in every iteration, so that luck does not count. */
@State(Scope.Thread)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PrimeSearchBenchmark {
    private static final int KEYS = 20;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    /** Size of the keys' modulus. */
    @Param({"2048", "3072"})
    public int bits;

    /** Which library exponentiates. */
    @Param({"fastest", "jdk"})
    public String library;

    private RsaKeySearch search;

    /** A search with the library that the parameter names. */
    @Setup
    public void prepare() {
        AsymmetricProvider provider = library.equals("jdk") ? AsymmetricProvider.jdk() : AsymmetricProvider.fastest();
        search = new RsaKeySearch(provider, () -> false);
    }

    /** Twenty keys. */
    @Benchmark
    public RsaPrivateKey twentyKeys() {
        RsaPrivateKey key = null;
        for (int i = 0; i < KEYS; i++) {
            byte[] seed = ByteBuffer.allocate(64).putInt(i).array();
            key = search.generate(
                    bits, EXPONENT, new PrimaryObjectSource(seed, new byte[34], new byte[0]), SeedCompatLevel.NEWEST);
        }
        return key;
    }
}
