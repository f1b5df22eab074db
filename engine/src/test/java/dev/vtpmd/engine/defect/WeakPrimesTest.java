package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.engine.crypto.derivation.PrimaryObjectSource;
import dev.vtpmd.engine.crypto.derivation.RsaKeySearch;
import dev.vtpmd.engine.crypto.derivation.SeedCompatLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2021-3505: the specification's RsaAdjustPrimeCandidate, which makes the highest bits of a candidate for a prime, left 32
 * bits below them always 0, so an RSA-2048 key had the strength of about 1984 bits. CVE-2017-15361 (ROCA): Infineon's TPMs
 * searched primes among powers of 65537 modulo a product of small primes, and their keys could be factored.
 *
 * <p>The randomness is that of a fixed seed, so these are the same keys in every run.
 */
class WeakPrimesTest {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final int BITS = 1024;
    private static final int PRIME_BITS = BITS / 2;
    private static final int KEYS = 24;
    /** The small primes that the published test for ROCA looks at. */
    private static final int[] ROCA_PRIMES = {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};

    private static final List<List<RsaPrivateKey>> GENERATED = generate();

    static Stream<List<RsaPrivateKey>> keys() {
        return GENERATED.stream();
    }

    private static List<List<RsaPrivateKey>> generate() {
        Random random = new Random(1);
        TpmRandom generator = new TpmRandom(random::nextBytes);
        byte[] seed = generator.generate(64);
        List<RsaPrivateKey> byFastest = new ArrayList<>();
        List<RsaPrivateKey> byJdk = new ArrayList<>();
        List<RsaPrivateKey> primaries = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            byFastest.add(key(AsymmetricProvider.fastest(), generator));
            byJdk.add(key(AsymmetricProvider.jdk(), generator));
            byte[] name = {0x00, 0x0B, (byte) i};
            primaries.add(key(AsymmetricProvider.fastest(), new PrimaryObjectSource(seed, name, new byte[0])));
        }
        return List.of(byFastest, byJdk, primaries);
    }

    /** FIPS 186-5, A.1.1: primes, of full length, so far apart that Fermat does not find them, and good for the exponent. */
    @ParameterizedTest
    @MethodSource("keys")
    void theFactorsArePrimesFarApart(List<RsaPrivateKey> keys) {
        BigInteger least = BigInteger.TWO.pow(PRIME_BITS - 100);
        for (RsaPrivateKey key : keys) {
            assertThat(key.p().multiply(key.q())).isEqualTo(key.publicKey().modulus());
            assertThat(key.publicKey().modulus().bitLength()).isEqualTo(BITS);
            assertThat(key.p().subtract(key.q()).abs()).isGreaterThan(least);
            for (BigInteger prime : List.of(key.p(), key.q())) {
                assertThat(prime.isProbablePrime(100)).isTrue();
                // The square root of 2, times 2 to the 511th, is the least such a prime may be.
                assertThat(prime.pow(2).bitLength()).isEqualTo(BITS);
                assertThat(prime.subtract(BigInteger.ONE).gcd(EXPONENT)).isEqualTo(BigInteger.ONE);
            }
        }
    }

    /** All but the highest bit and the lowest one are 0 in some primes and 1 in others. */
    @ParameterizedTest
    @MethodSource("keys")
    void noBitOfAPrimeIsAlwaysTheSame(List<RsaPrivateKey> keys) {
        List<BigInteger> primes = primes(keys);
        for (int bit = 1; bit < PRIME_BITS - 1; bit++) {
            int position = bit;
            long ones = primes.stream().filter(prime -> prime.testBit(position)).count();
            assertThat(ones).as("primes with bit %d SET", bit).isBetween(1L, primes.size() - 1L);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noPrimeOccursTwice(List<RsaPrivateKey> keys) {
        assertThat(primes(keys)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noModulusIsAPowerModuloAllSmallPrimes(List<RsaPrivateKey> keys) {
        for (RsaPrivateKey key : keys) {
            boolean suspicious = true;
            for (int prime : ROCA_PRIMES) {
                int remainder =
                        key.publicKey().modulus().mod(BigInteger.valueOf(prime)).intValue();
                suspicious &= powersOfExponent(prime).contains(remainder);
            }
            assertThat(suspicious).isFalse();
        }
    }

    private static Set<Integer> powersOfExponent(int prime) {
        Set<Integer> powers = new HashSet<>();
        for (int power = 1; powers.add(power); ) {
            power = (int) (power * 65537L % prime);
        }
        return powers;
    }

    private static RsaPrivateKey key(AsymmetricProvider provider, KeyMaterialSource source) {
        return new RsaKeySearch(provider, () -> false).generate(BITS, EXPONENT, source, SeedCompatLevel.NEWEST);
    }

    private static List<BigInteger> primes(List<RsaPrivateKey> keys) {
        return keys.stream().flatMap(key -> Stream.of(key.p(), key.q())).toList();
    }
}
