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
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.store.InstanceStore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One VM's vTPM: its device, the store of its state, and its ports. */
final class Instance {
    private final InstanceConfiguration configuration;
    private final Path controlSocket;
    private final InstanceStore store;
    private final Device device;
    private final InstancePorts ports;

    /** An instance whose ports are closed. */
    Instance(InstanceConfiguration configuration, InstanceStore store, InstanceHost host) {
        this.configuration = configuration;
        this.controlSocket = controlSocket(host, configuration.name());
        this.store = store;
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
                device.running(),
                Optional.of(controlSocket.toAbsolutePath().normalize()),
                Optional.empty());
    }
}
