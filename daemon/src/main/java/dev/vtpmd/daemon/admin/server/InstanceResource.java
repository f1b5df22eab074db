package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.CreateDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.InstanceListDocument;
import dev.vtpmd.daemon.admin.SettingsDocument;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.instance.Permissions;

import java.util.List;
import java.util.Optional;

/** The instances: listed, shown, made, changed, destroyed. */
final class InstanceResource implements Resource {
    private static final String ALL = "/v1/instances";
    private static final String ONE = ALL + "/{name}";

    private final Instances instances;

    InstanceResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.get(ALL, InstanceListDocument.class, call -> list()),
                Route.post("create", ALL, CreateDocument.class, InstanceDocument.class, this::create),
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

    private Answer create(Call<CreateDocument> call) throws InstanceException {
        CreateDocument wanted = call.document();
        InstanceFields.requireName(wanted.name());
        Permissions permissions = new Permissions(
                Boolean.TRUE.equals(SettingsDocument.allowed("migration", wanted.migration())),
                Boolean.TRUE.equals(SettingsDocument.allowed("snapshots", wanted.snapshots())));
        InstanceConfiguration configuration = new InstanceConfiguration(
                InstanceFields.uuid(wanted.uuid()),
                wanted.name(),
                InstanceFields.port(wanted.mssim()),
                InstanceFields.port(wanted.tcp()),
                permissions,
                wanted.firmware() == null
                        ? Optional.empty()
                        : Optional.of(instances.checkedFirmware(wanted.firmware())),
                InstanceFields.clients(wanted.user(), wanted.group()));
        if (wanted.incoming()) {
            requireLeftToTheTpm(wanted);
            return Answer.created(InstanceDocument.of(instances.await(configuration, wanted.uuid() == null)));
        }
        TpmModel model = TpmModel.named(
                wanted.profile(), wanted.pcrBanks() == null ? null : String.join(",", wanted.pcrBanks()));
        return Answer.created(InstanceDocument.of(instances.create(configuration, model)));
    }

    private static void requireLeftToTheTpm(CreateDocument wanted) {
        if (wanted.profile() != null
                || wanted.pcrBanks() != null
                || wanted.migration() != null
                || wanted.snapshots() != null) {
            throw new IllegalArgumentException(
                    "profile, PCR banks and permissions of an incoming TPM come with it, and cannot be chosen");
        }
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
