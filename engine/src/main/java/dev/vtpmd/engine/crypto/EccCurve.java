package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an elliptic curve over a prime field (Part 2, 11.2.5; TCG Algorithm Registry, 6). They are public, so
 * arithmetic with them alone need not be constant in time.
 */
public final class EccCurve {
    private static final Map<TpmEccCurve, EccCurve> CURVES = new EnumMap<>(TpmEccCurve.class);

    static {
        add(TpmEccCurve.NIST_P192, CustomNamedCurves.getByName("P-192"), null);
        add(TpmEccCurve.NIST_P224, CustomNamedCurves.getByName("P-224"), null);
        add(TpmEccCurve.NIST_P256, CustomNamedCurves.getByName("P-256"), "secp256r1");
        add(TpmEccCurve.NIST_P384, CustomNamedCurves.getByName("P-384"), "secp384r1");
        add(TpmEccCurve.NIST_P521, CustomNamedCurves.getByName("P-521"), "secp521r1");
        add(TpmEccCurve.BN_P256, BarretoNaehrigCurves.P256, null);
        add(TpmEccCurve.BN_P638, BarretoNaehrigCurves.P638, null);
        add(TpmEccCurve.SM2_P256, CustomNamedCurves.getByName("sm2p256v1"), null);
    }

    private final TpmEccCurve id;
    private final X9ECParameters parameters;
    private final ECParameterSpec jcaParameters;
    private final BigInteger prime;
    private final BigInteger a;
    private final BigInteger b;

    private EccCurve(TpmEccCurve id, X9ECParameters parameters, ECParameterSpec jcaParameters) {
        this.id = id;
        this.parameters = parameters;
        this.jcaParameters = jcaParameters;
        this.prime = parameters.getCurve().getField().getCharacteristic();
        this.a = parameters.getCurve().getA().toBigInteger();
        this.b = parameters.getCurve().getB().toBigInteger();
    }

    /**
     * The curve with this identifier.
     *
     * @throws IllegalArgumentException if there is no arithmetic for it here; an AlgorithmProfile must not offer it then
     */
    public static EccCurve of(TpmEccCurve id) {
        EccCurve curve = CURVES.get(id);
        if (curve == null) {
            throw new IllegalArgumentException("no arithmetic for " + id);
        }
        return curve;
    }

    /** The identifier. */
    public TpmEccCurve id() {
        return id;
    }

    /** Size of a coordinate, and of a private key, in bytes. */
    public int coordinateSize() {
        return id.coordinateSize();
    }

    /** Size of the order, and of r and s of a signature, in bytes. */
    public int orderSize() {
        return (order().bitLength() + 7) / Byte.SIZE;
    }

    /** The prime of the field. */
    public BigInteger prime() {
        return prime;
    }

    /** The coefficient a. */
    public BigInteger a() {
        return a;
    }

    /** The coefficient b. */
    public BigInteger b() {
        return b;
    }

    /** The generator. */
    public EccPoint generator() {
        return fromLibrary(parameters.getG());
    }

    /** The order of the generator. */
    public BigInteger order() {
        return parameters.getN();
    }

    /** The cofactor. */
    public BigInteger cofactor() {
        return parameters.getH();
    }

    /** Whether {@code point} lies on this curve. */
    public boolean contains(EccPoint point) {
        return point.x().compareTo(prime) < 0
                && point.y().compareTo(prime) < 0
                && point.y().multiply(point.y()).mod(prime).equals(ySquared(point.x()));
    }

    /** Whether {@code scalar} is a private key: from 1 to the order less 1. */
    public boolean containsScalar(BigInteger scalar) {
        return scalar.signum() > 0 && scalar.compareTo(order()) < 0;
    }

    /** The square of the y coordinates of points with this x coordinate. */
    BigInteger ySquared(BigInteger x) {
        return x.multiply(x).add(a).multiply(x).add(b).mod(prime);
    }

    /** A square root of {@code square} in the field, which must have one. */
    BigInteger squareRoot(BigInteger square) {
        return parameters.getCurve().fromBigInteger(square).sqrt().toBigInteger();
    }

    /** Whether an {@link AsymmetricProvider} knows the curve: it takes tens of microseconds, others take milliseconds. */
    public boolean isFast() {
        return jcaParameters != null;
    }

    /** The parameters as the JCA providers for elliptic curves take them, or nothing where they do not know the curve. */
    Optional<ECParameterSpec> jcaParameters() {
        return Optional.ofNullable(jcaParameters);
    }

    /** The curve for Bouncy Castle's arithmetic. */
    X9ECParameters libraryParameters() {
        return parameters;
    }

    /** {@code point}, which must lie on the curve, for Bouncy Castle's arithmetic. */
    ECPoint toLibrary(EccPoint point) {
        ECCurve curve = parameters.getCurve();
        return curve.createPoint(point.x(), point.y());
    }

    /** What Bouncy Castle's arithmetic gave; not the point at infinity. */
    static EccPoint fromLibrary(ECPoint point) {
        ECPoint normalized = point.normalize();
        return new EccPoint(
                normalized.getAffineXCoord().toBigInteger(),
                normalized.getAffineYCoord().toBigInteger());
    }

    @Override
    public String toString() {
        return id.toString();
    }

    private static void add(TpmEccCurve id, X9ECParameters parameters, String jcaName) {
        try {
            ECParameterSpec jcaParameters = null;
            if (jcaName != null) {
                AlgorithmParameters converter = AlgorithmParameters.getInstance("EC");
                converter.init(new ECGenParameterSpec(jcaName));
                jcaParameters = converter.getParameterSpec(ECParameterSpec.class);
            }
            CURVES.put(id, new EccCurve(id, parameters, jcaParameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime lacks the curve " + jcaName, e);
        }
    }
}
