package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.KeysDocument;
import dev.vtpmd.daemon.certificate.Pem;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.provision.ProvisionedKey;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** The public keys and certificates of an instance's TPM. */
final class KeysResource implements Resource {
    private final Instances instances;

    KeysResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.get(InstanceResource.ALL + "/{name}/keys", KeysDocument.class, this::keys));
    }

    private Answer keys(Call<Void> call) throws InstanceException {
        return Answer.of(new KeysDocument(
                call.name(),
                ProvisionedKey.in(instances.publicParts(call.name())).stream()
                        .map(KeysResource::document)
                        .toList()));
    }

    private static KeysDocument.Key document(ProvisionedKey key) {
        return new KeysDocument.Key(
                key.word(),
                hex(key.handle()),
                publicKey(key),
                hex(key.certificateIndex()),
                key.certificate()
                        .map(certificate -> Pem.text(List.of(certificate)))
                        .orElse(null));
    }

    private static String publicKey(ProvisionedKey key) {
        try {
            return Pem.text("PUBLIC KEY", key.publicKey().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a public key cannot be encoded", e);
        }
    }

    private static String hex(OptionalInt handle) {
        return handle.isPresent() ? "0x%08X".formatted(handle.getAsInt()) : null;
    }
}
