package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.InstanceListDocument;
import dev.vtpmd.daemon.admin.SettingsDocument;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;

/** The instances: listed, shown, changed, destroyed. */
final class InstanceResource implements Resource {
    static final String ALL = "/v1/instances";
    private static final String ONE = ALL + "/{name}";

    private final Instances instances;

    InstanceResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.get(ALL, InstanceListDocument.class, call -> list()),
                Route.get(ONE, InstanceDocument.class, this::show),
                Route.patch("set", ONE, SettingsDocument.class, InstanceDocument.class, this::set),
                Route.post("start", ONE + "/start", Void.class, InstanceDocument.class, this::start),
                Route.delete("destroy", ONE, this::destroy));
    }

    private Answer list() {
        return Answer.of(new InstanceListDocument(
                instances.list().stream().map(InstanceDocument::of).toList()));
    }

    private Answer show(Call<Void> call) throws InstanceException {
        return Answer.of(InstanceDocument.of(instances.look(call.name())));
    }

    private Answer set(Call<SettingsDocument> call) throws InstanceException {
        SettingsDocument wanted = call.document();
        return Answer.of(InstanceDocument.of(instances.set(
                call.name(),
                SettingsDocument.allowed("migration", wanted.migration()),
                SettingsDocument.allowed("snapshots", wanted.snapshots()),
                InstanceFields.clients(wanted.user(), wanted.group()))));
    }

    private Answer start(Call<Void> call) throws InstanceException {
        return Answer.of(InstanceDocument.of(instances.start(call.name())));
    }

    private Answer destroy(Call<Void> call) throws InstanceException {
        instances.destroy(call.name());
        return Answer.done();
    }
}
