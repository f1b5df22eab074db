package dev.vtpmd.daemon.firmware;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The files beside this class are of {@code openssl req -x509} and {@code openssl dgst -sha256 -sign}. */
final class FirmwareCertificateTest {
    @TempDir
    private Path directory;

    private Path image;

    @BeforeEach
    void copy() throws IOException {
        image = copy("image");
        copy("image.sig");
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = FirmwareCertificateTest.class.getResourceAsStream(name)) {
            Path file = directory.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private static void verify(Path certificate, Path image) throws FirmwareException, IOException {
        new FirmwareCertificate(certificate).verify(image, ByteBuffer.wrap(Files.readAllBytes(image)));
    }

    private static String refusal(Path certificate, Path image) {
        return catchThrowableOfType(FirmwareException.class, () -> verify(certificate, image))
                .getMessage();
    }

    @Test
    void whatOpensslHasSignedVerifies() throws IOException {
        Path certificate = copy("signer.pem");

        assertThatCode(() -> verify(certificate, image)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "other.pem,   is no SHA-256 signature of image by the key of the certificate",
        "expired.pem, the certificate has expired at 2021-01-01T00:00:00Z",
        "ca.pem,      the certificate's key usage does not have digitalSignature",
        "short.pem,   the certificate's key (RSA) is not one of RSA with 2048 bits",
        "image.sig,   is no X.509 certificate in PEM or DER"
    })
    void aCertificateThatDoesNotFitIsRefused(String name, String reason) throws IOException {
        Path certificate = name.equals("image.sig") ? directory.resolve(name) : copy(name);

        assertThat(refusal(certificate, image)).contains(reason).doesNotContain("\n");
    }

    @Test
    void aChangedImageIsRefused() throws IOException {
        Files.writeString(image, "another firmware image");

        assertThat(refusal(copy("signer.pem"), image)).startsWith(directory + "/image.sig: is no SHA-256 signature");
    }

    @Test
    void aSignatureThatIsNoneIsRefused() throws IOException {
        Files.write(directory.resolve("image.sig"), new byte[64]);

        assertThat(refusal(copy("signer.pem"), image)).contains("is no SHA-256 signature");
    }

    @Test
    void withoutASignatureTheCommandThatMakesOneIsNamed() throws IOException {
        Files.delete(directory.resolve("image.sig"));

        assertThat(refusal(copy("signer.pem"), image))
                .isEqualTo(image + ": is not signed: there is no image.sig beside it"
                        + " (openssl dgst -sha256 -sign KEY -out image.sig image)");
    }

    @Test
    void theCertificateIsReadAnewEachTime() throws IOException, FirmwareException {
        Path certificate = copy("other.pem");
        FirmwareRules rules = FirmwareRules.signedWith(certificate);
        Path firmware = Files.write(directory.resolve("code.fd"), TestFirmware.withTpm());
        Files.copy(image.resolveSibling("image.sig"), directory.resolve("code.fd.sig"));
        assertThat(catchThrowableOfType(FirmwareException.class, () -> rules.check(firmware)))
                .hasMessageContaining("is no SHA-256 signature of code.fd");

        Files.delete(certificate);

        assertThat(catchThrowableOfType(FirmwareException.class, () -> rules.check(firmware)))
                .hasMessage(certificate + ": there is no such file or directory");
    }
}
