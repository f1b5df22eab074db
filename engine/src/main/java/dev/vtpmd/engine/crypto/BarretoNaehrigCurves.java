package dev.vtpmd.engine.crypto;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.math.ec.ECCurve;

import java.math.BigInteger;

/** The pairing-friendly curves BN_P256 and BN_P638 (TCG Algorithm Registry, 6), which no library has under these names. */
final class BarretoNaehrigCurves {
    static final X9ECParameters P256 = curve(
            "fffffffffffcf0cd46e5f25eee71a49f0cdc65fb12980a82d3292ddbaed33013",
            "fffffffffffcf0cd46e5f25eee71a49e0cdc65fb1299921af62d536cd10b500d",
            3,
            1,
            2);

    static final X9ECParameters P638 = curve(
            "23fffffdc000000d7fffffb8000001d3fffff942d000165e3fff94870000d52ffffdd0e00008de55"
                    + "c00086520021e55bfffff51ffff4eb800000004c80015acdffffffffffffece00000000000000067",
            "23fffffdc000000d7fffffb8000001d3fffff942d000165e3fff94870000d52ffffdd0e00008de55"
                    + "600086550021e555fffff54ffff4eac000000049800154d9ffffffffffffeda00000000000000061",
            257,
            -1,
            16);

    private BarretoNaehrigCurves() {}

    /** The curve y^2 = x^3 + b with cofactor 1. */
    private static X9ECParameters curve(String prime, String order, int b, int generatorX, int generatorY) {
        BigInteger p = new BigInteger(prime, 16);
        BigInteger n = new BigInteger(order, 16);
        ECCurve curve = new ECCurve.Fp(p, BigInteger.ZERO, BigInteger.valueOf(b), n, BigInteger.ONE);
        X9ECPoint generator = new X9ECPoint(
                curve.createPoint(BigInteger.valueOf(generatorX).mod(p), BigInteger.valueOf(generatorY)), false);
        return new X9ECParameters(curve, generator, n, BigInteger.ONE);
    }
}
