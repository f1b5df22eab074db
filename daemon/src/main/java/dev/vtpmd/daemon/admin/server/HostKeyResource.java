package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.HostKeyDocument;
import dev.vtpmd.daemon.admin.HostKeyProgressDocument;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.store.HostKeyProgress;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;

import java.util.List;

/** The key that opens all states. */
final class HostKeyResource implements Resource {
    private static final String PATH = "/v1/host-key";

    private final Instances instances;

    HostKeyResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.get(PATH, HostKeyProgressDocument.class, call -> progress()),
                Route.put("rekey", PATH, HostKeyDocument.class, Void.class, this::change));
    }

    private Answer progress() {
        HostKeyProgress progress = instances.hostKeyProgress();
        return Answer.of(new HostKeyProgressDocument(progress.done(), progress.total()));
    }

    private Answer change(Call<HostKeyDocument> call) throws InstanceException {
        HostKeyDocument wanted = call.document();
        if ((wanted.key() == null) == (wanted.passphrase() == null)) {
            throw new IllegalArgumentException("either a key or a passphrase is needed");
        }
        instances.changeHostKey(
                wanted.key() != null
                        ? new HostKeySource.GivenKey(new SecretSource.GivenSecret("new host key", wanted.key()))
                        : new HostKeySource.Passphrase(
                                new SecretSource.GivenSecret("new passphrase", wanted.passphrase())));
        return Answer.done();
    }
}
