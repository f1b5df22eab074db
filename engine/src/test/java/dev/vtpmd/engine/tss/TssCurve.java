package dev.vtpmd.engine.tss;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/** Elliptic curves as a client computes with them; numbers are in hexadecimal digits. */
public record TssCurve(ECPoint generator, BigInteger order, int size) {
    /** NIST P-256. */
    public static final TssCurve P256 = named("P-256");

    /** BN_P256 as the TCG Algorithm Registry has it. */
    public static final TssCurve BN_P256 = barretoNaehrig(
            "FFFFFFFFFFFCF0CD46E5F25EEE71A49F0CDC65FB12980A82D3292DDBAED33013",
            "FFFFFFFFFFFCF0CD46E5F25EEE71A49E0CDC65FB1299921AF62D536CD10B500D");

    /** A curve by the name that it has in Bouncy Castle. */
    public static TssCurve named(String name) {
        X9ECParameters parameters = CustomNamedCurves.getByName(name);
        int size = (parameters.getCurve().getFieldSize() + 7) / Byte.SIZE;
        return new TssCurve(parameters.getG(), parameters.getN(), size);
    }

    private static TssCurve barretoNaehrig(String prime, String order) {
        BigInteger n = number(order);
        ECCurve curve = new ECCurve.Fp(number(prime), BigInteger.ZERO, BigInteger.valueOf(3), n, BigInteger.ONE);
        return new TssCurve(curve.createPoint(BigInteger.ONE, BigInteger.TWO), n, prime.length() / 2);
    }

    /** The product of a scalar and the generator. */
    public ECPoint publicPoint(BigInteger scalar) {
        return generator.multiply(scalar).normalize();
    }

    /** The point in a TPM2B_ECC_POINT. */
    public ECPoint point(String sized) {
        int coordinate = 4 * size / 2;
        String x = sized.substring(8, 8 + coordinate);
        String y = sized.substring(12 + coordinate);
        return generator.getCurve().createPoint(number(x), number(y));
    }

    /** A point as TPM2B_ECC_POINT. */
    public String sized(ECPoint point) {
        ECPoint affine = point.normalize();
        String x = HexFormat.of()
                .withUpperCase()
                .formatHex(affine.getAffineXCoord().getEncoded());
        String y = HexFormat.of()
                .withUpperCase()
                .formatHex(affine.getAffineYCoord().getEncoded());
        return "%04X%04X%s%04X%s".formatted(2 * size + 4, size, x, size, y);
    }

    /** The coordinates and the scalar of a key, in their full size. */
    public String digits(BigInteger number) {
        String digits = number.toString(16).toUpperCase(Locale.ROOT);
        return "0".repeat(2 * size - digits.length()) + digits;
    }

    /** The non-negative number that hexadecimal digits are. */
    public static BigInteger number(String digits) {
        return new BigInteger(digits, 16);
    }

    /** The non-negative number that bytes are. */
    public static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }
}
