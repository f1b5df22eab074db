package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.CreateDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.SettingsDocument;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.InstanceStatus;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.instance.Permissions;
import dev.vtpmd.daemon.provision.Blueprint;
import dev.vtpmd.daemon.provision.EndorsementKey;
import dev.vtpmd.daemon.provision.Provisioner;
import dev.vtpmd.daemon.provision.Provisions;

import java.util.List;
import java.util.Optional;

/** New instances: of a new TPM, or for one that is still to come. */
final class CreateResource implements Resource {
    /** The bank in use at first; SHA-1 is of no use to anybody any more, and two banks cost a boot twice the extends. */
    private static final String DEFAULT_BANK = "sha256";

    private final Instances instances;
    private final Provisioner provisioner;

    CreateResource(Instances instances, Provisioner provisioner) {
        this.instances = instances;
        this.provisioner = provisioner;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.post("create", InstanceResource.ALL, CreateDocument.class, InstanceDocument.class, this::create));
    }

    private Answer create(Call<CreateDocument> call) throws InstanceException {
        CreateDocument wanted = call.document();
        InstanceFields.requireName(wanted.name());
        if (wanted.incoming()) {
            requireLeftToTheTpm(wanted);
            return Answer.created(InstanceDocument.of(instances.await(
                    configuration(wanted, Permissions.NONE, Optional.empty(), Optional.empty()),
                    wanted.uuid() == null)));
        }
        Optional<InstanceStatus> template =
                wanted.template() == null ? Optional.empty() : Optional.of(instances.find(wanted.template()));
        Blueprint blueprint = blueprint(wanted, template);
        InstanceConfiguration configuration = configuration(
                wanted,
                permissions(wanted, template),
                template.flatMap(InstanceStatus::configuration),
                Optional.of(blueprint));
        return Answer.created(InstanceDocument.of(
                instances.create(configuration, () -> provisioner.manufacture(configuration.uuid(), blueprint))));
    }

    private InstanceConfiguration configuration(
            CreateDocument wanted,
            Permissions permissions,
            Optional<InstanceConfiguration> template,
            Optional<Blueprint> blueprint)
            throws InstanceException {
        boolean otherClients = wanted.user() != null || wanted.group() != null;
        return new InstanceConfiguration(
                InstanceFields.uuid(wanted.uuid()),
                wanted.name(),
                InstanceFields.port(wanted.mssim()),
                InstanceFields.port(wanted.tcp()),
                permissions,
                wanted.firmware() == null
                        ? template.flatMap(InstanceConfiguration::firmware)
                        : Optional.of(instances.checkedFirmware(wanted.firmware())),
                otherClients || template.isEmpty()
                        ? InstanceFields.clients(wanted.user(), wanted.group())
                        : template.get().clients(),
                blueprint);
    }

    private static Permissions permissions(CreateDocument wanted, Optional<InstanceStatus> template) {
        Permissions before = template.flatMap(InstanceStatus::configuration)
                .map(InstanceConfiguration::permissions)
                .orElse(Permissions.NONE);
        Boolean migration = SettingsDocument.allowed("migration", wanted.migration());
        Boolean snapshots = SettingsDocument.allowed("snapshots", wanted.snapshots());
        return new Permissions(
                migration == null ? before.migration() : migration, snapshots == null ? before.snapshots() : snapshots);
    }

    /** What is wanted; where that is not said, what the template was made as; the usual else. */
    private static Blueprint blueprint(CreateDocument wanted, Optional<InstanceStatus> template) {
        Optional<Blueprint> before =
                template.flatMap(InstanceStatus::configuration).flatMap(InstanceConfiguration::blueprint);
        String profile = wanted.profile() != null
                ? wanted.profile()
                : template.flatMap(InstanceStatus::profile).orElse(null);
        TpmModel model = wanted.pcrBanks() == null && before.isPresent()
                ? new TpmModel(
                        TpmModel.named(profile, DEFAULT_BANK).profile(),
                        before.get().model().pcrBanks())
                : TpmModel.named(
                        profile, wanted.pcrBanks() == null ? DEFAULT_BANK : String.join(",", wanted.pcrBanks()));
        Provisions provisions = before.map(Blueprint::provisions).orElse(Provisions.DEFAULT);
        return new Blueprint(
                model,
                new Provisions(
                        wanted.endorsementKeys() == null
                                ? provisions.endorsementKeys()
                                : EndorsementKey.named(wanted.endorsementKeys()),
                        wanted.storageRootKey() == null ? provisions.storageRootKey() : wanted.storageRootKey(),
                        wanted.deviceIdentity() == null ? provisions.deviceIdentity() : wanted.deviceIdentity()));
    }

    private static void requireLeftToTheTpm(CreateDocument wanted) {
        if (wanted.profile() != null
                || wanted.pcrBanks() != null
                || wanted.endorsementKeys() != null
                || wanted.storageRootKey() != null
                || wanted.deviceIdentity() != null
                || wanted.template() != null
                || wanted.migration() != null
                || wanted.snapshots() != null) {
            throw new IllegalArgumentException(
                    "profile, PCR banks, keys and permissions of an incoming TPM come with it,"
                            + " and cannot be chosen");
        }
    }
}
