package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.DeviceOptions;
import dev.vtpmd.daemon.device.SwtpmStateBlobs;
import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.daemon.host.StateLock;
import dev.vtpmd.daemon.host.StoredDeviceState;
import dev.vtpmd.daemon.port.Endpoint;
import dev.vtpmd.daemon.port.InstancePorts;
import dev.vtpmd.daemon.port.PortConfiguration;
import dev.vtpmd.daemon.port.PortException;
import dev.vtpmd.daemon.port.PortListener;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One VM's vTPM: its device, the store of its state, and its ports. */
final class Instance {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final InstanceConfiguration configuration;
    private final Path controlSocket;
    private final InstanceStore store;
    private final Optional<AlgorithmProfile> storedProfile;
    private final Device device;
    private final InstancePorts ports;

    /** An instance whose ports are closed. */
    Instance(InstanceConfiguration configuration, InstanceStore store, InstanceHost host) {
        this.configuration = configuration;
        this.controlSocket = controlSocket(host, configuration.name());
        this.store = store;
        this.storedProfile = storedProfile(store);
        // The whole state directory is locked for this process.
        this.device = new Device(
                DeviceOptions.named(configuration.name()),
                new StoredDeviceState(store, StateLock.none()),
                new SwtpmStateBlobs(Optional.empty(), Optional.empty()),
                HostPlatform.entropy(),
                HostPlatform.timer(),
                host.workers());
        this.ports = new InstancePorts(device, portConfiguration(), PortListener.ignoring(), host.loops());
    }

    /** What cannot be read is told when the TPM is switched on, which may be after it was repaired. */
    private static Optional<AlgorithmProfile> storedProfile(InstanceStore store) {
        try {
            Optional<byte[]> state = store.load(StateKind.PERMANENT);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            AlgorithmProfile profile = Tpm.profileOf(state.get());
            Arrays.fill(state.get(), (byte) 0);
            return Optional.of(profile);
        } catch (IOException | DamagedStateException e) {
            LOG.debug("the profile cannot be read", e);
            return Optional.empty();
        }
    }

    static Path controlSocket(InstanceHost host, String name) {
        return host.runDirectory().resolve(name + ".sock");
    }

    private PortConfiguration portConfiguration() {
        List<Endpoint> control = new ArrayList<>();
        List<Endpoint> data = new ArrayList<>();
        control.add(Endpoint.Unix.at(controlSocket));
        configuration.tcp().ifPresent(port -> {
            data.add(Endpoint.Tcp.loopback(port));
            control.add(Endpoint.Tcp.loopback(port + 1));
        });
        Optional<PortConfiguration.Mssim> mssim = configuration.mssim().stream()
                .mapToObj(PortConfiguration.Mssim::loopback)
                .findFirst();
        return new PortConfiguration(control, data, mssim, false);
    }

    InstanceConfiguration configuration() {
        return configuration;
    }

    /**
     * Opens the ports, and switches the TPM on if its clients expect that.
     *
     * @return completed when the TPM is as clients expect it
     */
    CompletableFuture<ControlResult> start() throws PortException {
        ports.start();
        return device.start(configuration.startup());
    }

    /** Closes the ports, switches the TPM off in order, and closes the store. Waits for the command that runs. */
    void stop() {
        ports.close();
        device.close().join();
        store.close();
    }

    InstanceStatus status() {
        return new InstanceStatus(
                configuration.uuid(),
                Optional.of(configuration),
                device.profile().or(() -> storedProfile).map(AlgorithmProfile::name),
                device.running(),
                Optional.of(controlSocket.toAbsolutePath().normalize()),
                Optional.empty());
    }
}
