package dev.vtpmd.daemon.firmware;

import dev.vtpmd.daemon.process.Failures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * The certificate whose key has signed firmware: SHA-256 with RSA (PKCS #1 v1.5) or ECDSA, as {@code openssl dgst -sha256 -sign}
 * makes it, in a file beside the firmware. The certificate is read each time, so that a new one can be put in its place.
 */
final class FirmwareCertificate {
    private static final int LONGEST_CERTIFICATE = 1 << 16;
    private static final int LONGEST_SIGNATURE = 1 << 13;
    private static final int SHORTEST_RSA_KEY_BITS = 2048;
    private static final int SHORTEST_EC_KEY_BITS = 256;
    private static final int DIGITAL_SIGNATURE = 0;

    private final Path file;

    /** The certificate in {@code file}, which is not read yet. */
    FirmwareCertificate(Path file) {
        this.file = file;
    }

    /**
     * Reads the certificate and checks that signatures can be verified with it now.
     *
     * @throws FirmwareException if not
     */
    X509Certificate read() throws FirmwareException {
        byte[] encoded = read(file, LONGEST_CERTIFICATE, "certificate");
        X509Certificate certificate;
        try {
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new FirmwareException(file + ": is no X.509 certificate in PEM or DER", e);
        }
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new FirmwareException(
                    file + ": the certificate has expired at "
                            + certificate.getNotAfter().toInstant(),
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new FirmwareException(
                    file + ": the certificate is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    e);
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new FirmwareException(file + ": the certificate's key usage does not have digitalSignature");
        }
        algorithm(certificate.getPublicKey());
        return certificate;
    }

    private String algorithm(PublicKey key) throws FirmwareException {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA_KEY_BITS) {
            return "SHA256withRSA";
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() >= SHORTEST_EC_KEY_BITS) {
            return "SHA256withECDSA";
        }
        throw new FirmwareException(
                file + ": the certificate's key (" + key.getAlgorithm() + ") is not one of RSA with "
                        + SHORTEST_RSA_KEY_BITS + " bits, or of a curve with " + SHORTEST_EC_KEY_BITS + ", or more");
    }

    /**
     * Checks the signature of {@code image}, which was read from {@code firmware}.
     *
     * @throws FirmwareException if there is none, it does not fit, or the certificate cannot be used
     */
    void verify(Path firmware, ByteBuffer image) throws FirmwareException {
        X509Certificate certificate = read();
        Path signatureFile = signatureOf(firmware);
        if (!Files.exists(signatureFile)) {
            throw new FirmwareException(firmware + ": is not signed: there is no " + signatureFile.getFileName()
                    + " beside it (openssl dgst -sha256 -sign KEY -out " + signatureFile.getFileName() + " "
                    + firmware.getFileName() + ")");
        }
        byte[] signature = read(signatureFile, LONGEST_SIGNATURE, "signature");
        boolean good;
        try {
            Signature verifier = Signature.getInstance(algorithm(certificate.getPublicKey()));
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(image);
            good = verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of a wrong length or form.
            good = false;
        }
        if (!good) {
            throw new FirmwareException(signatureFile + ": is no SHA-256 signature of " + firmware.getFileName()
                    + " by the key of the certificate " + file + " ("
                    + printable(certificate.getSubjectX500Principal().getName()) + ")");
        }
    }

    private static String printable(String subject) {
        return subject.replaceAll("[^ -~]", "?");
    }

    /** Where the signature of a firmware file is. */
    static Path signatureOf(Path firmware) {
        return firmware.resolveSibling(firmware.getFileName() + ".sig");
    }

    private static byte[] read(Path path, int most, String what) throws FirmwareException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FirmwareException(path + ": is not a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new FirmwareException(path + ": is longer than a " + what + " is");
            }
            return content;
        } catch (IOException e) {
            throw new FirmwareException(Failures.line(e), e);
        }
    }
}
