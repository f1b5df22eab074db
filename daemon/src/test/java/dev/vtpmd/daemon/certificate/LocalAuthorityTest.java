package dev.vtpmd.daemon.certificate;

import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalAuthorityTest {
    @TempDir
    private Path directory;

    private KeyPair root;

    @BeforeEach
    void makeAnotherAuthority() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        root = generator.generateKeyPair();
    }

    private DiskStateStore open(HostKeySource key) throws IOException {
        return DiskStateStore.open(directory.resolve("state"), key);
    }

    private DiskStateStore open() throws IOException {
        return open(new HostKeySource.KeptBesideState());
    }

    private String signedByRoot(X500Name subject, SubjectPublicKeyInfo key, boolean authority) throws Exception {
        return signedByRoot(subject, key, authority, Instant.now().plus(Duration.ofDays(30)));
    }

    private String signedByRoot(X500Name subject, SubjectPublicKeyInfo key, boolean authority, Instant end)
            throws Exception {
        X509CertificateHolder certificate = new X509v3CertificateBuilder(
                        new X500Name("CN=root"),
                        BigInteger.TEN,
                        Date.from(end.minus(Duration.ofDays(60))),
                        Date.from(end),
                        subject,
                        key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate()));
        return Pem.text(List.of(certificate));
    }

    private SubjectPublicKeyInfo rootKey() {
        return SubjectPublicKeyInfo.getInstance(root.getPublic().getEncoded());
    }

    @Test
    void itIsMadeOnceAndOutlivesTheService() throws IOException {
        X509CertificateHolder made;
        try (DiskStateStore store = open()) {
            assertThat(new LocalAuthority(store).existing()).isEmpty();
            made = new LocalAuthority(store).current().certificate();
        }
        try (DiskStateStore store = open()) {
            assertThat(new LocalAuthority(store).existing().orElseThrow().certificate())
                    .isEqualTo(made);
            assertThat(new LocalAuthority(store).current().certificate()).isEqualTo(made);
        }
    }

    @Test
    void itSurvivesANewHostKeyAndIsReadWithThatOnly() throws Exception {
        HostKeySource next = new HostKeySource.GivenKey(new SecretSource.GivenSecret("key", new byte[32]));
        X509CertificateHolder made;
        try (DiskStateStore store = open()) {
            made = new LocalAuthority(store).current().certificate();
            store.changeHostKey(next);
            assertThat(new LocalAuthority(store).current().certificate()).isEqualTo(made);
        }
        try (DiskStateStore store =
                open(new HostKeySource.GivenKey(new SecretSource.GivenSecret("key", new byte[32])))) {
            assertThat(new LocalAuthority(store).current().certificate()).isEqualTo(made);
        }
    }

    @Test
    void itsPrivateKeyIsNotInTheFile() throws IOException {
        byte[] key;
        try (DiskStateStore store = open()) {
            key = new LocalAuthority(store).current().key().getEncoded();
        }
        String stored = Files.readString(directory.resolve("state/authority"), StandardCharsets.ISO_8859_1);
        assertThat(stored)
                .startsWith("vtpmdrec")
                .doesNotContain(new String(key, key.length - 48, 48, StandardCharsets.ISO_8859_1))
                .doesNotContain("vtpmd CA");
    }

    @Test
    void aRequestIsSignedWithItsKeyAndHasTheNameThatWasAskedFor() throws Exception {
        try (DiskStateStore store = open()) {
            LocalAuthority authority = new LocalAuthority(store);
            PKCS10CertificationRequest request = (PKCS10CertificationRequest)
                    new PEMParser(new StringReader(authority.request("CN=host1,O=Example"))).readObject();
            assertThat(request.getSubject()).isEqualTo(new X500Name("CN=host1,O=Example"));
            assertThat(request.getSubjectPublicKeyInfo())
                    .isEqualTo(authority.current().certificate().getSubjectPublicKeyInfo());
            assertThat(request.isSignatureValid(
                            new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())))
                    .isTrue();
            assertThatThrownBy(() -> authority.request("nonsense"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not the name of a subject");
        }
    }

    @Test
    void aCertificateByAnotherAuthorityTakesThePlaceOfItsOwn() throws Exception {
        X509CertificateHolder own;
        try (DiskStateStore store = open()) {
            LocalAuthority authority = new LocalAuthority(store);
            own = authority.current().certificate();
            String top = signedByRoot(new X500Name("CN=root"), rootKey(), true);
            // In whichever order they come.
            authority.install(top + signedByRoot(new X500Name("CN=host1"), own.getSubjectPublicKeyInfo(), true));
        }
        try (DiskStateStore store = open()) {
            Authority now = new LocalAuthority(store).current();
            assertThat(now.chain())
                    .extracting(each -> each.getSubject().toString())
                    .containsExactly("CN=host1", "CN=root");
            assertThat(now.former()).containsExactly(own);
        }
    }

    @Test
    void aCertificateThatDoesNotFitIsRefusedAndChangesNothing() throws Exception {
        try (DiskStateStore store = open()) {
            LocalAuthority authority = new LocalAuthority(store);
            Authority before = authority.current();
            SubjectPublicKeyInfo key = before.certificate().getSubjectPublicKeyInfo();
            X500Name name = new X500Name("CN=host1");
            String fits = signedByRoot(name, key, true);
            refused(authority, signedByRoot(name, rootKey(), true), "is for another key than that of this authority");
            refused(authority, signedByRoot(name, key, false), "does not allow its owner to sign certificates");
            refused(
                    authority,
                    signedByRoot(name, key, true, Instant.now().minus(Duration.ofDays(1))),
                    "is valid from .* only");
            refused(
                    authority,
                    fits + signedByRoot(new X500Name("CN=stranger"), rootKey(), true),
                    "of 'CN=stranger' does not belong to the chain of 'CN=host1'");
            makeAnotherAuthority();
            refused(
                    authority,
                    fits + signedByRoot(new X500Name("CN=root"), rootKey(), true),
                    "of 'CN=host1' was not signed with the key of 'CN=root'");
            refused(authority, "", "there is no certificate in PEM");
            refused(authority, fits.replaceAll("[a-f]", "x"), "this is no certificate in PEM");
            assertThat(authority.current()).isSameAs(before);
        }
    }

    private static void refused(LocalAuthority authority, String chain, String reason) {
        assertThatThrownBy(() -> authority.install(chain))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern(reason)
                .doesNotContain("\n");
    }

    @Test
    void whatItSignsSaysWhereItsCertificateIs() throws Exception {
        try (DiskStateStore store = open()) {
            LocalAuthority authority = new LocalAuthority(store);
            authority.publishedAt("http://ca.example.com/ca.cer");
            X509CertificateHolder signed = new TpmCertificates(authority.current()).endorsement(rootKey());
            assertThat(new String(
                            signed.getExtension(Extension.authorityInfoAccess)
                                    .getExtnValue()
                                    .getOctets(),
                            StandardCharsets.ISO_8859_1))
                    .endsWith("http://ca.example.com/ca.cer");
            authority.publishedAt("");
            assertThat(new TpmCertificates(authority.current())
                            .endorsement(rootKey())
                            .getExtension(Extension.authorityInfoAccess))
                    .isNull();
        }
    }
}
