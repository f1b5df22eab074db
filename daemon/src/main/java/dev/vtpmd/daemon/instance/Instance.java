package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.capture.Capture;
import dev.vtpmd.daemon.capture.CaptureSwitch;
import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.DeviceObservers;
import dev.vtpmd.daemon.device.DeviceOptions;
import dev.vtpmd.daemon.device.StartupMode;
import dev.vtpmd.daemon.device.SwtpmStateBlobs;
import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.daemon.port.Endpoint;
import dev.vtpmd.daemon.port.InstancePorts;
import dev.vtpmd.daemon.port.PortConfiguration;
import dev.vtpmd.daemon.port.PortException;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.state.StateSummary;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.export.ExportedTpm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One VM's vTPM: its device, the store of its state, and its ports. */
final class Instance {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final InstanceStorage storage;
    private final Path controlSocket;
    private Optional<AlgorithmProfile> storedProfile = Optional.empty();
    private final CaptureSwitch capture = new CaptureSwitch();
    private final Device device;
    private final InstancePorts ports;
    private final Activity activity;
    private final Attachment attachment;
    private final Clients defaultClients;

    /** An instance whose ports are closed. Of one that awaits a TPM, {@code expected} is that TPM, or empty for any. */
    Instance(InstanceStorage storage, Optional<UUID> expected, InstanceHost host) {
        InstanceConfiguration configuration = storage.configuration();
        this.storage = storage;
        this.controlSocket = controlSocket(host, configuration.name());
        this.defaultClients = host.clients();
        this.activity = new Activity(storage, host.audit());
        this.attachment = new Attachment(storage, host.audit());
        this.device = new Device(
                DeviceOptions.observed(
                        configuration.name(),
                        new DeviceObservers(activity, host.metrics().observer(), capture)),
                new FirmwareCondition(storage, host.firmware(), host.audit()),
                storage,
                SwtpmStateBlobs.encryptedWith(host.migrationKey()),
                new InstanceHandover(storage, expected, host.audit()),
                HostPlatform.entropy(),
                HostPlatform.timer(),
                host.workers());
        this.ports = new InstancePorts(device, portConfiguration(configuration), attachment, host.loops());
    }

    /** The profile of the TPM with this permanent state. What cannot be read is told when it is switched on. */
    static Optional<AlgorithmProfile> profileOf(byte[] permanentState) {
        try {
            return Optional.of(Tpm.profileOf(permanentState));
        } catch (DamagedStateException e) {
            LOG.debug("the profile cannot be read", e);
            return Optional.empty();
        }
    }

    /** Tells what {@link #profileOf} has given, if its state was read already: to read it again takes long where there are many. */
    synchronized void hasProfile(AlgorithmProfile profile) {
        storedProfile = Optional.of(profile);
    }

    /** It may have been repaired since it was looked for last. */
    private synchronized Optional<AlgorithmProfile> storedProfile() {
        if (storedProfile.isPresent()) {
            return storedProfile;
        }
        try {
            Optional<byte[]> state = storage.load(StateKind.PERMANENT);
            storedProfile = state.flatMap(Instance::profileOf);
            state.ifPresent(content -> Arrays.fill(content, (byte) 0));
        } catch (IOException e) {
            LOG.debug("the profile cannot be read", e);
        }
        return storedProfile;
    }

    static Path controlSocket(InstanceHost host, String name) {
        return host.runDirectory().resolve(name + ".sock");
    }

    private PortConfiguration portConfiguration(InstanceConfiguration configuration) {
        List<Endpoint> control = new ArrayList<>();
        List<Endpoint> data = new ArrayList<>();
        control.add(clients().endpoint(controlSocket));
        configuration.tcp().ifPresent(port -> {
            data.add(Endpoint.Tcp.loopback(port));
            control.add(Endpoint.Tcp.loopback(port + 1));
        });
        Optional<PortConfiguration.Mssim> mssim = configuration.mssim().stream()
                .mapToObj(PortConfiguration.Mssim::loopback)
                .findFirst();
        return new PortConfiguration(
                control, data, mssim, false, true, peer -> clients().admits(peer));
    }

    private Clients clients() {
        return storage.configuration().clients().or(defaultClients);
    }

    /** Lets others connect from now on, durably. Those who are connected stay. */
    void admit(Clients next) throws IOException {
        Clients before = storage.configuration().clients();
        storage.clients(next);
        try {
            ports.restrict(clients().endpoint(controlSocket));
        } catch (PortException e) {
            storage.clients(before);
            throw e;
        }
    }

    InstanceConfiguration configuration() {
        return storage.configuration();
    }

    InstanceStorage storage() {
        return storage;
    }

    /** Where its commands and responses are recorded. */
    CaptureSwitch capture() {
        return capture;
    }

    /**
     * Opens the ports, and switches the TPM on if it is here and its clients expect that.
     *
     * @return completed when the TPM is as clients expect it
     */
    CompletableFuture<ControlResult> start() throws PortException {
        ports.start();
        return switchOn();
    }

    /** As {@link #start}; if the ports cannot be opened, the instance is stopped. */
    CompletableFuture<ControlResult> startOrStop() throws PortException {
        try {
            return start();
        } catch (PortException e) {
            stop();
            throw e;
        }
    }

    /** Switches the TPM on if it is here and its clients expect that. */
    CompletableFuture<ControlResult> switchOn() {
        boolean here = !storage.awaiting() && storage.custody().here();
        return device.start(here ? storage.configuration().startup() : StartupMode.NEED_INIT);
    }

    /**
     * Takes the TPM out of custody, to go on elsewhere, durably.
     *
     * @return empty if it is on
     * @throws IOException if that fails; then nothing has changed
     */
    Optional<ExportedTpm> export() throws IOException {
        return whileOff(() -> storage.export(UUID.randomUUID()));
    }

    /**
     * Takes in the same TPM, which has been elsewhere, durably.
     *
     * @return whether that was possible: the TPM is not on
     */
    boolean takeIn(ExportedTpm tpm) throws IOException {
        return whileOff(() -> {
                    storage.takeIn(tpm);
                    return tpm;
                })
                .isPresent();
    }

    private <T> Optional<T> whileOff(Callable<T> work) throws IOException {
        CompletableFuture<Optional<T>> done = device.whileOff(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Closes the ports, switches the TPM off in order, and closes the store. Waits for the command that runs. */
    void stop() {
        ports.close();
        device.close().join();
        capture.change(Optional.empty()).ifPresent(Capture::close);
        storage.close();
    }

    /** What can be seen without a look into its state. */
    InstanceStatus status() {
        return status(Optional.empty());
    }

    /** The same and what only its state tells. */
    InstanceStatus thoroughStatus() {
        return status(device.pcrBanks().isPresent() ? Optional.empty() : storedBanks());
    }

    private InstanceStatus status(Optional<List<TpmiAlgHash>> banks) {
        InstanceConfiguration configuration = storage.configuration();
        return new InstanceStatus(
                configuration.uuid(),
                Optional.of(configuration),
                device.profile().or(this::storedProfile).map(AlgorithmProfile::name),
                device.running(),
                Optional.of(controlSocket.toAbsolutePath().normalize()),
                absence(),
                Optional.empty(),
                Optional.of(new InstanceStatus.Use(
                        clients(),
                        attachment.peer(),
                        activity.onSince(),
                        activity.commands(),
                        device.pcrBanks().or(() -> banks),
                        activity.lastProblem())));
    }

    /** The PCR banks in the stored state. */
    private Optional<List<TpmiAlgHash>> storedBanks() {
        try {
            Optional<byte[]> state = storage.load(StateKind.PERMANENT);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            StateSummary summary = StateSummary.of(state.get());
            Arrays.fill(state.get(), (byte) 0);
            return Optional.of(summary.allocation().entrySet().stream()
                    .filter(bank -> bank.getValue() != 0)
                    .map(Map.Entry::getKey)
                    .toList());
        } catch (IOException | DamagedStateException e) {
            LOG.debug("the PCR banks cannot be read", e);
            return Optional.empty();
        }
    }

    /** One of {@link InstanceStatus#STATES}, without a look into what is stored. */
    String state() {
        return absence().map(InstanceStatus.Absence::state).orElse(device.running() ? "on" : "off");
    }

    private Optional<InstanceStatus.Absence> absence() {
        if (storage.awaiting()) {
            return Optional.of(new InstanceStatus.Absence("incoming", "awaits a TPM from a migration"));
        }
        return storage.custody().here() || device.running()
                ? Optional.empty()
                : Optional.of(
                        new InstanceStatus.Absence("moved", storage.custody().whyNot()));
    }
}
