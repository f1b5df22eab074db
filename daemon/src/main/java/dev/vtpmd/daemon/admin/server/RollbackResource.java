package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;

/** What an operator decides of an instance whose older states were put back. */
final class RollbackResource implements Resource {
    private final Instances instances;

    RollbackResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.post(
                "accept-rollback",
                "/v1/instances/{name}/accept-rollback",
                Void.class,
                InstanceDocument.class,
                this::accept));
    }

    private Answer accept(Call<Void> call) throws InstanceException {
        return Answer.of(InstanceDocument.of(instances.acceptRollback(call.name())));
    }
}
