package dev.vtpmd.engine.crypto;

import org.bouncycastle.math.ec.FixedPointCombMultiplier;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/** The JDK's own providers: RSA with blinding, elliptic curves in constant time. */
final class JdkAsymmetricProvider extends JcaAsymmetricProvider {
    private final FixedPointCombMultiplier multiplier = new FixedPointCombMultiplier();

    JdkAsymmetricProvider() {
        super(new JdkServices());
    }

    @Override
    public String name() {
        return "JDK";
    }

    /** {@inheritDoc} BigInteger's time depends on the values: use it on what becomes a secret only by being chosen. */
    @Override
    public BigInteger modPow(BigInteger base, BigInteger exponent, BigInteger modulus) {
        return base.modPow(exponent, modulus);
    }

    /** A comb over the generator's table: the same additions and look-ups whatever the key, and both coordinates at once. */
    @Override
    public EccPoint publicPoint(EccPrivateKey key) {
        return EccCurve.fromLibrary(
                multiplier.multiply(key.curve().libraryParameters().getG(), key.scalar()));
    }

    private static final class JdkServices implements Services {
        @Override
        public KeyFactory rsaKeys() throws GeneralSecurityException {
            return KeyFactory.getInstance("RSA", "SunRsaSign");
        }

        @Override
        public Cipher rsaCipher() throws GeneralSecurityException {
            return Cipher.getInstance("RSA/ECB/NoPadding", "SunJCE");
        }

        @Override
        public KeyFactory ecKeys() throws GeneralSecurityException {
            return KeyFactory.getInstance("EC", "SunEC");
        }

        @Override
        public KeyAgreement ecdh() throws GeneralSecurityException {
            return KeyAgreement.getInstance("ECDH", "SunEC");
        }

        @Override
        public Signature ecdsa() throws GeneralSecurityException {
            return Signature.getInstance("NONEwithECDSA", "SunEC");
        }
    }
}
