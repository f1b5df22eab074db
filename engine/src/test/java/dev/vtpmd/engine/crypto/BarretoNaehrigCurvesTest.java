package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The BN curves are given by one number u (ISO/IEC 15946-5: prime p = 36u^4 + 36u^3 + 24u^2 + 6u + 1, trace t = 6u^2 + 1, order
 * n = p + 1 - t), and by b and the generator of the TCG Algorithm Registry. No vectors of signatures or key exchange on them are
 * published; so the parameters are computed from u here, and the order is checked by the arithmetic of the school.
 */
class BarretoNaehrigCurvesTest {
    /** For BN_P638, u is 2^158 - 2^128 - 2^68 + 1. The generator of BN_P638 has the x coordinate -1. */
    @ParameterizedTest
    @CsvSource({
        "BN_P256, -6882f5c030b0a801, 3, 1, 2",
        "BN_P638, 3ffffffefffffffffffffff00000000000000001, 257, -1, 16",
    })
    void parameters(TpmEccCurve id, String uHex, int b, int generatorX, int generatorY) {
        BigInteger u = new BigInteger(uHex, 16);
        BigInteger p = polynomial(u, 36, 36, 24, 6, 1);
        BigInteger trace = polynomial(u, 0, 0, 6, 0, 1);
        BigInteger n = p.add(BigInteger.ONE).subtract(trace);
        EccCurve curve = EccCurve.of(id);
        assertThat(curve.prime()).isEqualTo(p);
        assertThat(curve.order()).isEqualTo(n);
        assertThat(p.isProbablePrime(64)).isTrue();
        assertThat(n.isProbablePrime(64)).isTrue();

        EccPoint generator = new EccPoint(BigInteger.valueOf(generatorX).mod(p), BigInteger.valueOf(generatorY));
        assertThat(curve.generator()).isEqualTo(generator);
        BigInteger right = generator.x().pow(3).add(BigInteger.valueOf(b)).mod(p);
        assertThat(generator.y().pow(2).mod(p)).isEqualTo(right);
        assertThat(curve.contains(generator)).isTrue();

        // [n - 1]G is -G, so [n]G is the point at infinity; n is prime, so no smaller multiple is.
        EccPoint last = multiple(n.subtract(BigInteger.ONE), generator, p);
        assertThat(last).isEqualTo(new EccPoint(generator.x(), p.subtract(generator.y())));
    }

    /** Public keys of scalars that no special case of the arithmetic hides, by the arithmetic of the school. */
    @ParameterizedTest
    @CsvSource({
        "BN_P256, c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
        "BN_P638, 0fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db8",
    })
    void publicPoints(TpmEccCurve id, String scalarHex) {
        EccCurve curve = EccCurve.of(id);
        BigInteger scalar = new BigInteger(scalarHex, 16);
        Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());
        assertThat(ecc.publicPoint(new EccPrivateKey(curve, scalar)))
                .isEqualTo(multiple(scalar, curve.generator(), curve.prime()));
    }

    private static BigInteger polynomial(BigInteger u, int... coefficients) {
        BigInteger value = BigInteger.ZERO;
        for (int coefficient : coefficients) {
            value = value.multiply(u).add(BigInteger.valueOf(coefficient));
        }
        return value;
    }

    /** Double and add in affine coordinates on y^2 = x^3 + b, for a scalar below the order, where no sum is infinite. */
    private static EccPoint multiple(BigInteger scalar, EccPoint point, BigInteger p) {
        EccPoint result = point;
        for (int bit = scalar.bitLength() - 2; bit >= 0; bit--) {
            BigInteger tangent = result.x().pow(2).multiply(BigInteger.valueOf(3));
            result = onLine(result, result, tangent, result.y().shiftLeft(1), p);
            if (scalar.testBit(bit)) {
                BigInteger rise = point.y().subtract(result.y());
                result = onLine(result, point, rise, point.x().subtract(result.x()), p);
            }
        }
        return result;
    }

    /** The sum of two points on a line of slope {@code rise} / {@code run}. */
    private static EccPoint onLine(EccPoint one, EccPoint other, BigInteger rise, BigInteger run, BigInteger p) {
        BigInteger slope = rise.multiply(run.mod(p).modInverse(p)).mod(p);
        BigInteger x = slope.pow(2).subtract(one.x()).subtract(other.x()).mod(p);
        BigInteger y = slope.multiply(one.x().subtract(x)).subtract(one.y()).mod(p);
        return new EccPoint(x, y);
    }
}
