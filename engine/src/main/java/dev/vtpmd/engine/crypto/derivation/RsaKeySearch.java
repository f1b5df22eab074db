package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

import java.math.BigInteger;
import java.util.function.BooleanSupplier;

/**
 * The search for the two primes of an RSA key (FIPS 186-4, B.3.3, as libtpms does it). Candidates, and the bases of the
 * primality test, come from the same source in a fixed order, so that a seeded source gives the same key again.
 */
public final class RsaKeySearch {
    /** Primes closer to each other than this many bits would make the modulus easy to factor. */
    private static final int LEAST_DISTANCE_BITS = 100;

    private static final int MOST_PRIMES = 99;

    private static final long LEVEL_1_FACTOR = 0x4AFB;
    private static final long LEVEL_1_FLOOR = 0xB5050000L;
    private static final long LEVEL_0_FLOOR = 0xB505;

    private final AsymmetricProvider provider;
    private final BooleanSupplier cancelled;

    /** A search that has the exponentiations done by {@code provider}, and gives up once {@code cancelled} says so. */
    public RsaKeySearch(AsymmetricProvider provider, BooleanSupplier cancelled) {
        this.provider = provider;
        this.cancelled = cancelled;
    }

    /**
     * A key whose modulus has exactly {@code bits} bits. Its {@code p}, the prime that the TPM keeps, is the second one found.
     *
     * @param bits 1024, 2048, 3072 or 4096
     * @param exponent public exponent, a prime of at least 65537
     * @throws TpmException TPM_RC_CANCELED, or TPM_RC_NO_RESULT if the source gives no two primes that can be used together
     */
    public RsaPrivateKey generate(int bits, BigInteger exponent, KeyMaterialSource source, SeedCompatLevel level) {
        int primeBits = bits / 2;
        BigInteger first = findPrime(primeBits, exponent, source, level);
        for (int found = 1; found < MOST_PRIMES; found++) {
            BigInteger second = findPrime(primeBits, exponent, source, level);
            if (first.subtract(second).abs().bitLength() > LEAST_DISTANCE_BITS) {
                return RsaPrivateKey.ofPrimes(second, first, exponent);
            }
        }
        throw TpmException.of(TpmRc.NO_RESULT);
    }

    private BigInteger findPrime(int bits, BigInteger exponent, KeyMaterialSource source, SeedCompatLevel level) {
        while (true) {
            BigInteger candidate = candidate(bits, source, level);
            long selector = candidate.intValue() & 0xFFFFFFFFL | 0x80000000L;
            PrimeSieve sieve = new PrimeSieve(candidate);
            while (sieve.remaining() > 0) {
                if (cancelled.getAsBoolean()) {
                    throw TpmException.of(TpmRc.CANCELED);
                }
                BigInteger number = sieve.take((int) (selector % sieve.remaining()));
                // 0 or 1 modulo the exponent would leave no private exponent.
                boolean suitsExponent = number.mod(exponent).compareTo(BigInteger.ONE) > 0;
                if (suitsExponent && isPrime(number, source)) {
                    return number;
                }
            }
        }
    }

    /** An odd number of {@code bits} bits, not below the square root of a half of 2^bits. */
    private static BigInteger candidate(int bits, KeyMaterialSource source, SeedCompatLevel level) {
        byte[] bytes = source.generate(bits / Byte.SIZE);
        switch (level) {
            case RSA_PRIME_ADJUST_FIX -> {
                long high = word(bytes, 0);
                long low = word(bytes, 2);
                long top = high * LEVEL_1_FACTOR + (low * LEVEL_1_FACTOR >> 16) + LEVEL_1_FLOOR;
                setWord(bytes, 0, top >> 16);
                setWord(bytes, 2, top);
            }
            case ORIGINAL -> {
                reverse(bytes);
                setWord(bytes, 0, (word(bytes, 0) * LEVEL_1_FACTOR >> 16) + LEVEL_0_FLOOR);
                // An old mistake of 64-bit builds, kept because keys depend on it.
                setWord(bytes, 2, 0);
                setWord(bytes, 4, 0);
            }
        }
        bytes[bytes.length - 1] |= 1;
        return new BigInteger(1, bytes);
    }

    /** The Miller-Rabin test with bases from {@code source}. */
    private boolean isPrime(BigInteger number, KeyMaterialSource source) {
        BigInteger minusOne = number.subtract(BigInteger.ONE);
        int twos = minusOne.getLowestSetBit();
        BigInteger odd = minusOne.shiftRight(twos);
        int rounds = rounds(number.bitLength());
        for (int round = 0; round < rounds; round++) {
            if (isWitness(base(number.bitLength(), minusOne, source), number, minusOne, odd, twos)) {
                return false;
            }
        }
        return true;
    }

    private static BigInteger base(int bits, BigInteger minusOne, KeyMaterialSource source) {
        BigInteger base;
        do {
            base = new BigInteger(1, source.generate(bits / Byte.SIZE));
        } while (base.compareTo(BigInteger.ONE) <= 0 || base.compareTo(minusOne) >= 0);
        return base;
    }

    /** Whether {@code base} shows that the number is composite. */
    private boolean isWitness(BigInteger base, BigInteger number, BigInteger minusOne, BigInteger odd, int twos) {
        BigInteger power = provider.modPow(base, odd, number);
        if (power.equals(BigInteger.ONE) || power.equals(minusOne)) {
            return false;
        }
        for (int i = 1; i < twos; i++) {
            power = power.multiply(power).mod(number);
            if (power.equals(minusOne)) {
                return false;
            }
            if (power.equals(BigInteger.ONE)) {
                return true;
            }
        }
        return true;
    }

    private static int rounds(int bits) {
        if (bits < 511) {
            return 8;
        }
        return bits < 1536 ? 5 : 4;
    }

    private static long word(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFFL) << 8 | bytes[offset + 1] & 0xFFL;
    }

    private static void setWord(byte[] bytes, int offset, long value) {
        bytes[offset] = (byte) (value >> 8);
        bytes[offset + 1] = (byte) value;
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
    }
}
