package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/** What the providers have in common: they are reached through JCA, and know the curves P-256, P-384 and P-521. */
abstract sealed class JcaAsymmetricProvider implements AsymmetricProvider
        permits CorrettoAsymmetricProvider, JdkAsymmetricProvider {
    private final Services services;
    private final KeyFactory rsaKeys;
    private final KeyFactory ecKeys;

    JcaAsymmetricProvider(Services services) {
        this.services = services;
        try {
            rsaKeys = services.rsaKeys();
            ecKeys = services.ecKeys();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name() + " lacks an algorithm", e);
        }
    }

    /**
     * The services of the provider or providers. Those that take a key keep it until they get another one, and so are made for
     * one use, which takes a microsecond at most: a key that was flushed is gone, and the memory that it took.
     */
    interface Services {
        KeyFactory rsaKeys() throws GeneralSecurityException;

        /** RSA without padding. */
        Cipher rsaCipher() throws GeneralSecurityException;

        KeyFactory ecKeys() throws GeneralSecurityException;

        KeyAgreement ecdh() throws GeneralSecurityException;

        /** ECDSA over a given digest, signatures in DER. */
        Signature ecdsa() throws GeneralSecurityException;
    }

    @Override
    public byte[] rsaPrivate(RsaPrivateKey key, byte[] input) {
        try {
            Cipher rsa = services.rsaCipher();
            rsa.init(Cipher.DECRYPT_MODE, jcaKey(key));
            byte[] output = rsa.doFinal(input);
            int size = key.publicKey().size();
            return output.length == size ? output : UnsignedIntegers.toBytes(UnsignedIntegers.of(output), size);
        } catch (GeneralSecurityException | ArithmeticException unusable) {
            // Factors that are no primes, in a key from outside, are found out only here.
            throw TpmException.of(TpmRc.FAILURE);
        }
    }

    @Override
    public byte[] sharedX(EccPrivateKey key, EccPoint point) {
        try {
            KeyAgreement ecdh = services.ecdh();
            ecdh.init(jcaKey(key));
            ecdh.doPhase(jcaKey(key.curve(), point), true);
            return ecdh.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key or the point cannot be used", e);
        }
    }

    /**
     * JCA gives the x coordinate alone. Of the two y that belong to it, the right one is known by the x coordinate of the next
     * multiple: of the key plus one.
     */
    @Override
    public EccPoint sharedPoint(EccPrivateKey key, EccPoint point) {
        EccCurve curve = key.curve();
        BigInteger prime = curve.prime();
        if (key.scalar().equals(BigInteger.ONE)) {
            return point;
        }
        EccPoint negative = new EccPoint(point.x(), prime.subtract(point.y()));
        BigInteger successor = key.scalar().add(BigInteger.ONE);
        if (successor.equals(curve.order())) {
            return negative;
        }
        BigInteger x = UnsignedIntegers.of(sharedX(key, point));
        BigInteger y = curve.squareRoot(curve.ySquared(x));
        BigInteger nextX = UnsignedIntegers.of(sharedX(new EccPrivateKey(curve, successor), point));
        // The sum of (x, y) and the point has the x coordinate (rise / run)^2 - x - point.x; multiplied out to divide
        // nothing.
        BigInteger runSquared = x.subtract(point.x()).pow(2);
        BigInteger rise = y.subtract(point.y());
        BigInteger expected = nextX.add(x).add(point.x()).multiply(runSquared);
        boolean isRight = rise.multiply(rise).subtract(expected).mod(prime).signum() == 0;
        return new EccPoint(x, isRight ? y : prime.subtract(y));
    }

    @Override
    public EccSignature signEcdsa(EccPrivateKey key, byte[] digest) {
        try {
            Signature ecdsa = services.ecdsa();
            ecdsa.initSign(jcaKey(key));
            ecdsa.update(digest);
            EccCurve curve = key.curve();
            BigInteger[] signature = StandardDSAEncoding.INSTANCE.decode(curve.order(), ecdsa.sign());
            return new EccSignature(
                    UnsignedIntegers.toBytes(signature[0], curve.orderSize()),
                    UnsignedIntegers.toBytes(signature[1], curve.orderSize()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the key or the digest cannot be used", e);
        }
    }

    @Override
    public boolean verifyEcdsa(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature) {
        BigInteger r = UnsignedIntegers.of(signature.r());
        BigInteger s = UnsignedIntegers.of(signature.s());
        if (!curve.containsScalar(r) || !curve.containsScalar(s)) {
            return false;
        }
        try {
            Signature ecdsa = services.ecdsa();
            ecdsa.initVerify(jcaKey(curve, publicPoint));
            ecdsa.update(digest);
            return ecdsa.verify(StandardDSAEncoding.INSTANCE.encode(curve.order(), r, s));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the key or the digest cannot be used", e);
        }
    }

    final KeyFactory rsaKeys() {
        return rsaKeys;
    }

    final Cipher rsa() throws GeneralSecurityException {
        return services.rsaCipher();
    }

    private PrivateKey jcaKey(RsaPrivateKey key) throws GeneralSecurityException {
        PrivateKey jcaKey = key.providerKey();
        if (jcaKey == null) {
            BigInteger p = key.p();
            BigInteger q = key.q();
            BigInteger d = key.privateExponent();
            jcaKey = rsaKeys.generatePrivate(new RSAPrivateCrtKeySpec(
                    key.publicKey().modulus(),
                    key.publicKey().exponent(),
                    d,
                    p,
                    q,
                    d.mod(p.subtract(BigInteger.ONE)),
                    d.mod(q.subtract(BigInteger.ONE)),
                    q.modInverse(p)));
            key.providerKey(jcaKey);
        }
        return jcaKey;
    }

    final PrivateKey jcaKey(EccPrivateKey key) {
        PrivateKey jcaKey = key.providerKey();
        if (jcaKey == null) {
            try {
                jcaKey = ecKeys.generatePrivate(new ECPrivateKeySpec(key.scalar(), parameters(key.curve())));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the key cannot be used", e);
            }
            key.providerKey(jcaKey);
        }
        return jcaKey;
    }

    private PublicKey jcaKey(EccCurve curve, EccPoint point) throws GeneralSecurityException {
        return ecKeys.generatePublic(new ECPublicKeySpec(new ECPoint(point.x(), point.y()), parameters(curve)));
    }

    private static ECParameterSpec parameters(EccCurve curve) {
        return curve.jcaParameters().orElseThrow(() -> new IllegalArgumentException("not a curve of JCA: " + curve));
    }
}
