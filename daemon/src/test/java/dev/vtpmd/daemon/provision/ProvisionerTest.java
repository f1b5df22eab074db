package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.certificate.Pem;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.state.PublicParts;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StateSummary;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The certificates are read by the JDK, which had no part in making them. */
class ProvisionerTest {
    private static final UUID MACHINE = UUID.fromString("6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c31");
    private static final Blueprint EVERYTHING = new Blueprint(
            TpmModel.named("default", "sha256"),
            new Provisions(EnumSet.of(EndorsementKey.RSA2048, EndorsementKey.ECC_P384), true, true));
    private static final Blueprint QUICK =
            new Blueprint(TpmModel.DEFAULT, new Provisions(EnumSet.of(EndorsementKey.ECC_P384), false, false));

    @TempDir
    private Path directory;

    private DiskStateStore store;
    private LocalAuthority authority;
    private Provisioner provisioner;

    @BeforeEach
    void open() throws IOException {
        store = DiskStateStore.open(directory.resolve("state"), new HostKeySource.KeptBesideState());
        authority = new LocalAuthority(store);
        provisioner = new Provisioner(authority);
    }

    @AfterEach
    void close() {
        provisioner.close();
        store.close();
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private void requireSignedByTheAuthority(X509Certificate certificate) throws GeneralSecurityException, IOException {
        X509Certificate root = certificate(Pem.text(authority.current().chain()).getBytes(StandardCharsets.US_ASCII));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        // The JDK does not know the name in the critical alternative name, as nobody but the TCG's readers does.
        CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(certificate)), parameters);
    }

    @Test
    void aTpmHasItsKeysAndCertificatesInPlace() throws IOException, DamagedStateException {
        StateSummary tpm = StateSummary.of(provisioner.manufacture(MACHINE, EVERYTHING));

        assertThat(tpm.objects())
                .extracting(object -> "%08X %s".formatted(object.handle(), object.hierarchy()))
                .containsExactly(
                        "81000001 owner",
                        "81010001 endorsement",
                        "81010016 endorsement",
                        "81020000 endorsement",
                        "81020001 endorsement");
        // The attributes that swtpm_setup gives: PLATFORMCREATE, NO_DA, AUTHREAD, OWNERREAD, PPREAD, WRITEDEFINE,
        // PPWRITE; and
        // WRITTEN and WRITELOCKED, which follow.
        assertThat(tpm.indices())
                .extracting(index -> "%08X %08X".formatted(index.handle(), index.attributes()))
                .containsExactly(
                        "01C00002 62072801",
                        "01C00016 62072801",
                        "01C08000 62072801",
                        "01C90100 62072801",
                        "01C90200 62072801");
        assertThat(tpm.shutdown()).isEqualTo(ShutdownKind.CLEAR);
        assertThat(tpm.authorized()).isEmpty();
        assertThat(tpm.failedTries()).isZero();
    }

    @Test
    void anEkCertificateSaysWhatTheProfileAsks() throws Exception {
        PublicParts tpm = PublicParts.of(provisioner.manufacture(MACHINE, EVERYTHING));
        X509Certificate rsa = certificate(tpm.indices().get(0x01C00002));
        X509Certificate ecc = certificate(tpm.indices().get(0x01C00016));

        for (X509Certificate each : List.of(rsa, ecc)) {
            requireSignedByTheAuthority(each);
            assertThat(each.getVersion()).isEqualTo(3);
            assertThat(each.getSubjectX500Principal().getEncoded()).isEqualTo(new byte[] {0x30, 0});
            assertThat(each.getExtendedKeyUsage()).containsExactly("2.23.133.8.1");
            assertThat(each.getBasicConstraints()).isEqualTo(-1);
            assertThat(each.getCriticalExtensionOIDs()).contains("2.5.29.17", "2.5.29.15", "2.5.29.19");
            // subjectDirectoryAttributes and authorityKeyIdentifier
            assertThat(each.getNonCriticalExtensionOIDs()).contains("2.5.29.9", "2.5.29.35");
            assertThat(each.getSerialNumber().bitLength()).isBetween(64, 159);
            List<?> name = each.getSubjectAlternativeNames().iterator().next();
            assertThat(name.get(0)).isEqualTo(4);
            assertThat(name.get(1).toString())
                    .contains("2.23.133.2.1=#0c0b69643a3536353435303444")
                    .contains("2.23.133.2.2=#0c057674706d64")
                    .contains("2.23.133.2.3=#0c0b69643a3030303030303031");
        }
        boolean[] keyEncipherment = {false, false, true, false, false, false, false, false, false};
        boolean[] keyAgreement = {false, false, false, false, true, false, false, false, false};
        assertThat(rsa.getKeyUsage()).isEqualTo(keyEncipherment);
        assertThat(ecc.getKeyUsage()).isEqualTo(keyAgreement);
        assertThat(rsa.getSerialNumber()).isNotEqualTo(ecc.getSerialNumber());
    }

    @Test
    void aKeyIsWhatItsTemplateGivesAgain() throws IOException, DamagedStateException {
        byte[] state = provisioner.manufacture(MACHINE, EVERYTHING);
        PublicParts provisioned = PublicParts.of(state);

        PublicParts again = PublicParts.of(InMemory.changed(state, client -> {
            client.makePersistent(
                    client.createPrimary(TpmRh.ENDORSEMENT, EndorsementKey.RSA2048.template()), 0x81010101);
            client.makePersistent(
                    client.createPrimary(TpmRh.ENDORSEMENT, EndorsementKey.ECC_P384.template()), 0x81010102);
        }));

        assertThat(again.objects().get(0x81010101))
                .isEqualTo(provisioned.objects().get(0x81010001));
        assertThat(again.objects().get(0x81010102))
                .isEqualTo(provisioned.objects().get(0x81010016));
    }

    @Test
    void allThatTheTpmHasIsTold() throws Exception {
        List<ProvisionedKey> keys = ProvisionedKey.in(PublicParts.of(provisioner.manufacture(MACHINE, EVERYTHING)));

        assertThat(keys)
                .extracting(ProvisionedKey::word)
                .containsExactly("rsa2048", "ecc-p384", "platform", "idevid", "iak", "srk");
        for (ProvisionedKey key : keys) {
            if (!key.word().equals("srk")) {
                X509Certificate certificate =
                        certificate(key.certificate().orElseThrow().getEncoded());
                requireSignedByTheAuthority(certificate);
                assertThat(certificate.getPublicKey().getEncoded())
                        .isEqualTo(key.publicKey().getEncoded());
            }
        }
    }

    @Test
    void theDevicesCertificatesNameTheMachineAndItsTpm() throws Exception {
        PublicParts tpm = PublicParts.of(provisioner.manufacture(MACHINE, EVERYTHING));
        X509Certificate attestation = certificate(tpm.indices().get(0x01C90100));
        X509Certificate identity = certificate(tpm.indices().get(0x01C90200));
        X509Certificate endorsement = certificate(tpm.indices().get(0x01C00002));

        assertThat(attestation.getExtendedKeyUsage()).containsExactly("2.23.133.8.3");
        for (X509Certificate each : List.of(attestation, identity)) {
            assertThat(each.getSubjectX500Principal().toString()).isEqualTo("SERIALNUMBER=" + MACHINE);
            assertThat(each.getKeyUsage()[0]).as("digitalSignature").isTrue();
            byte[] name =
                    (byte[]) each.getSubjectAlternativeNames().iterator().next().get(1);
            assertThat(new String(name, StandardCharsets.ISO_8859_1))
                    .contains("5654504d:")
                    .endsWith(":" + endorsement.getSerialNumber().toString(16));
        }
    }

    @Test
    void noTwoTpmsShareAKeyThoughTheyWerePreparedAndTakenByMany() throws Exception {
        int takers = 4;
        int each = 12;
        List<Future<List<TpmuPublicId>>> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(takers)) {
            for (int i = 0; i < takers; i++) {
                taken.add(threads.submit(() -> {
                    List<TpmuPublicId> keys = new ArrayList<>();
                    for (int n = 0; n < each; n++) {
                        PublicParts tpm = PublicParts.of(provisioner.manufacture(UUID.randomUUID(), QUICK));
                        keys.add(tpm.objects().get(0x81010016).unique());
                    }
                    return keys;
                }));
            }
        }
        Set<TpmuPublicId> different = new HashSet<>();
        for (Future<List<TpmuPublicId>> keys : taken) {
            different.addAll(keys.get());
        }
        assertThat(different).hasSize(takers * each);
    }

    @Test
    void whatWasPreparedForOneKindIsNotGivenToAnother() throws IOException, DamagedStateException {
        Blueprint other = new Blueprint(
                TpmModel.named("full", "sha384"), new Provisions(EnumSet.of(EndorsementKey.ECC_P256), false, false));
        for (int i = 0; i < 5; i++) {
            StateSummary tpm = StateSummary.of(provisioner.manufacture(MACHINE, i % 2 == 0 ? QUICK : other));
            assertThat(tpm.profile()).isEqualTo(i % 2 == 0 ? "default" : "full");
            assertThat(tpm.objects())
                    .extracting(StateSummary.Persistent::handle)
                    .containsExactly(i % 2 == 0 ? 0x81010016 : 0x8101000A);
        }
    }

    @Test
    void withoutAnAuthorityThereIsNoTpmWithCertificates() throws IOException {
        store.keepAuthority(new byte[] {0, 9});
        assertThatThrownBy(() -> provisioner.manufacture(MACHINE, QUICK))
                .isInstanceOf(IOException.class)
                .hasMessage("the certification authority is stored in version 9, and this release knows version 1");
        assertThat(provisioner.manufacture(MACHINE, new Blueprint(TpmModel.DEFAULT, Provisions.NONE)))
                .isNotEmpty();
    }

    @Test
    void aProfileWithoutAKeySizeCannotHaveTheKey() {
        assertThatThrownBy(() -> new Blueprint(
                        TpmModel.named("libtpms", null),
                        new Provisions(EnumSet.of(EndorsementKey.RSA4096), false, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the profile libtpms has no RSA keys of 4096 bits");
    }
}
