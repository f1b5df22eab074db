package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.certificate.PublicKeys;
import dev.vtpmd.daemon.certificate.TpmCertificates;
import dev.vtpmd.protocol.attribute.TpmaNv;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

import java.io.IOException;
import java.util.UUID;

/** Makes new TPMs, in memory: nothing of one is stored before it has all that it is to have. May be used by several threads. */
public final class Provisioner implements AutoCloseable {
    /** Where the storage root key is (TPM v2.0 Provisioning Guidance, table 2). */
    static final int STORAGE_ROOT_KEY = 0x81000001;
    /** Where swtpm_setup puts the platform certificate: first of the platform's range (Registry of Reserved Handles, 2.2). */
    static final int PLATFORM_CERTIFICATE = 0x01C08000;

    /** Who may send commands may read it; it cannot be written again (EK Credential Profile, 2.2.1.2; as swtpm_setup). */
    static final TpmaNv CERTIFICATE_ATTRIBUTES = new TpmaNv(TpmaNv.PLATFORM_CREATE
            | TpmaNv.PP_READ
            | TpmaNv.OWNER_READ
            | TpmaNv.AUTH_READ
            | TpmaNv.PP_WRITE
            | TpmaNv.NO_DA
            | TpmaNv.WRITE_DEFINE);

    private final LocalAuthority authority;
    private final PreparedTpms prepared = new PreparedTpms();

    /** A provisioner whose certificates are signed by {@code authority}. */
    public Provisioner(LocalAuthority authority) {
        this.authority = authority;
    }

    /**
     * A new TPM with fresh seeds, switched off in order.
     *
     * @param machine the virtual machine that it is for
     * @return its permanent state; the caller wipes it
     * @throws IOException if the certification authority cannot be used
     */
    public byte[] manufacture(UUID machine, Blueprint blueprint) throws IOException {
        Provisions provisions = blueprint.provisions();
        if (provisions.endorsementKeys().isEmpty()) {
            return prepared.take(blueprint);
        }
        TpmCertificates certificates = new TpmCertificates(authority.current());
        return InMemory.changed(
                prepared.take(blueprint), client -> storeCertificates(client, certificates, machine, provisions));
    }

    private static void storeCertificates(
            CommandClient client, TpmCertificates certificates, UUID machine, Provisions provisions)
            throws IOException {
        X509CertificateHolder first = null;
        for (EndorsementKey kind : provisions.endorsementKeys()) {
            SubjectPublicKeyInfo key = publicKey(client, kind.handle());
            X509CertificateHolder certificate = certificates.endorsement(key);
            store(client, kind.certificateIndex(), certificate);
            if (first == null) {
                first = certificate;
                store(client, PLATFORM_CERTIFICATE, certificates.platform(key, machine));
            }
        }
        if (provisions.deviceIdentity()) {
            SubjectPublicKeyInfo signing = publicKey(client, IdentityKey.IDEVID.handle());
            store(client, IdentityKey.IDEVID.certificateIndex(), certificates.deviceIdentity(signing, first, machine));
            SubjectPublicKeyInfo attesting = publicKey(client, IdentityKey.IAK.handle());
            store(client, IdentityKey.IAK.certificateIndex(), certificates.attestation(attesting, first, machine));
        }
    }

    private static SubjectPublicKeyInfo publicKey(CommandClient client, int handle) throws IOException {
        return PublicKeys.of(client.readPublic(handle)).orElseThrow();
    }

    private static void store(CommandClient client, int index, X509CertificateHolder certificate) throws IOException {
        client.store(index, CERTIFICATE_ATTRIBUTES, TpmCertificates.der(certificate));
    }

    /** Forgets the TPMs that it has prepared. */
    @Override
    public void close() {
        prepared.close();
    }
}
