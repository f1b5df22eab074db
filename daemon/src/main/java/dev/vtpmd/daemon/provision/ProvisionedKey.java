package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.certificate.PublicKeys;
import dev.vtpmd.daemon.certificate.StoredCertificate;
import dev.vtpmd.engine.state.PublicParts;
import dev.vtpmd.protocol.object.TpmtPublic;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A key that a TPM was provisioned with, as it is there: the guest's owner can remove one.
 *
 * @param word what operators call it
 * @param handle under which it is persistent, if it is
 * @param publicKey the key
 * @param certificateIndex where its certificate lies, if there is one
 * @param certificate its certificate
 */
public record ProvisionedKey(
        String word,
        OptionalInt handle,
        SubjectPublicKeyInfo publicKey,
        OptionalInt certificateIndex,
        Optional<X509CertificateHolder> certificate) {
    private static final String STORAGE_ROOT_KEY = "srk";
    private static final String PLATFORM = "platform";

    /** The keys that are in a TPM, whoever has provisioned it; the certificate of the platform stands for a key too. */
    public static List<ProvisionedKey> in(PublicParts tpm) {
        List<ProvisionedKey> keys = new ArrayList<>();
        for (EndorsementKey kind : EndorsementKey.values()) {
            find(tpm, kind).ifPresent(keys::add);
        }
        find(tpm, PLATFORM, 0, Provisioner.PLATFORM_CERTIFICATE).ifPresent(keys::add);
        for (IdentityKey kind : IdentityKey.values()) {
            find(tpm, kind).ifPresent(keys::add);
        }
        find(tpm, STORAGE_ROOT_KEY, Provisioner.STORAGE_ROOT_KEY, 0).ifPresent(keys::add);
        return keys;
    }

    private static Optional<ProvisionedKey> find(PublicParts tpm, StandardKey kind) {
        return find(tpm, kind.word(), kind.handle(), kind.certificateIndex());
    }

    private static Optional<ProvisionedKey> find(PublicParts tpm, String word, int handle, int index) {
        Optional<SubjectPublicKeyInfo> object =
                Optional.ofNullable(tpm.objects().get(handle)).flatMap((TpmtPublic area) -> PublicKeys.of(area));
        Optional<X509CertificateHolder> certificate =
                Optional.ofNullable(tpm.indices().get(index)).flatMap(StoredCertificate::read);
        return object.or(() -> certificate.map(X509CertificateHolder::getSubjectPublicKeyInfo))
                .map(key -> new ProvisionedKey(
                        word,
                        object.isPresent() ? OptionalInt.of(handle) : OptionalInt.empty(),
                        key,
                        certificate.isPresent() ? OptionalInt.of(index) : OptionalInt.empty(),
                        certificate));
    }
}
