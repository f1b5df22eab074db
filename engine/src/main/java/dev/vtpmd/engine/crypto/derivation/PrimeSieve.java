package dev.vtpmd.engine.crypto.derivation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The odd numbers near a candidate from which small primes have been sieved. Positions 0 to 16383 stand for base + 2 * position,
 * where the base is odd, divisible by 105 and at most 209 below the candidate.
 */
final class PrimeSieve {
    private static final int FIELD_SIZE = 16384;
    private static final int BASE_MULTIPLE = 105;
    private static final int LARGEST_LIMIT = 65535;
    private static final int[] SMALL_PRIMES = smallPrimes();

    private final BigInteger base;
    private final long[] field = new long[FIELD_SIZE / Long.SIZE];
    private int remaining;

    /** The field around {@code candidate}, an odd number. */
    PrimeSieve(BigInteger candidate) {
        int excess = candidate.mod(BigInteger.valueOf(BASE_MULTIPLE)).intValue();
        if (excess % 2 != 0) {
            excess += BASE_MULTIPLE;
        }
        this.base = candidate.subtract(BigInteger.valueOf(excess));
        Arrays.fill(field, -1L);
        sieve(limit(candidate.bitLength()));
        for (long word : field) {
            remaining += Long.bitCount(word);
        }
    }

    /** How many numbers are left. */
    int remaining() {
        return remaining;
    }

    /** Takes the number with this index, counted from 0, out of those that are left. */
    BigInteger take(int index) {
        int word = 0;
        int before = index;
        while (before >= Long.bitCount(field[word])) {
            before -= Long.bitCount(field[word]);
            word++;
        }
        long bits = field[word];
        for (int i = 0; i < before; i++) {
            bits &= bits - 1;
        }
        long bit = Long.lowestOneBit(bits);
        field[word] ^= bit;
        remaining--;
        long position = (long) word * Long.SIZE + Long.numberOfTrailingZeros(bit);
        return base.add(BigInteger.valueOf(2 * position));
    }

    /** libtpms' limits: 1024 odd primes for RSA 1024, 4096 for RSA 2048, and for longer keys all below 65536. */
    private static int limit(int bits) {
        if (bits <= 512) {
            return 8167;
        }
        return bits <= 1024 ? 38891 : LARGEST_LIMIT;
    }

    private void sieve(int limit) {
        int[] words = words();
        int i = 0;
        // Two primes share one pass over the base: their product has 31 bits, but for the largest, which go one by one.
        while (i < SMALL_PRIMES.length && SMALL_PRIMES[i] <= limit) {
            int prime = SMALL_PRIMES[i];
            int next = i + 1 < SMALL_PRIMES.length ? SMALL_PRIMES[i + 1] : LARGEST_LIMIT;
            long product = (long) prime * next;
            if (next <= limit && product <= Integer.MAX_VALUE) {
                int remainder = remainder(words, (int) product);
                strike(prime, remainder % prime);
                strike(next, remainder % next);
                i += 2;
            } else {
                strike(prime, remainder(words, prime));
                i++;
            }
        }
    }

    private int[] words() {
        byte[] bytes = base.toByteArray();
        int[] words = new int[(bytes.length + 3) / 4];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            words[words.length - 1 - fromEnd / 4] |= (bytes[i] & 0xFF) << (fromEnd % 4 * Byte.SIZE);
        }
        return words;
    }

    private static int remainder(int[] words, int divisor) {
        long remainder = 0;
        for (int word : words) {
            remainder = (remainder << Integer.SIZE | word & 0xFFFFFFFFL) % divisor;
        }
        return (int) remainder;
    }

    /** Strikes out the multiples of {@code prime}, given the base modulo it. */
    private void strike(int prime, int remainder) {
        int missing = remainder == 0 ? 0 : prime - remainder;
        int first = (missing % 2 == 0 ? missing : missing + prime) / 2;
        for (int position = first; position < FIELD_SIZE; position += prime) {
            field[position / Long.SIZE] &= ~(1L << position);
        }
    }

    private static int[] smallPrimes() {
        BitSet composite = new BitSet();
        for (int i = 3; i * i <= LARGEST_LIMIT; i += 2) {
            if (!composite.get(i)) {
                for (int multiple = i * i; multiple <= LARGEST_LIMIT; multiple += 2 * i) {
                    composite.set(multiple);
                }
            }
        }
        int[] primes = new int[LARGEST_LIMIT / 2];
        int count = 0;
        for (int i = 3; i <= LARGEST_LIMIT; i += 2) {
            if (!composite.get(i)) {
                primes[count++] = i;
            }
        }
        return Arrays.copyOf(primes, count);
    }
}
