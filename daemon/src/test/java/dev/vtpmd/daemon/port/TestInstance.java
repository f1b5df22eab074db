package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.DeviceOptions;
import dev.vtpmd.daemon.device.MemoryStorage;
import dev.vtpmd.daemon.device.StateHandover;
import dev.vtpmd.daemon.device.SwtpmStateBlobs;
import dev.vtpmd.daemon.device.Workers;
import dev.vtpmd.daemon.peer.Peer;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;

/** A device in memory with open ports. What its clients ask of the process is in {@link #events}. */
final class TestInstance implements AutoCloseable, PortListener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final BlockingQueue<String> turnedAway = new LinkedBlockingQueue<>();
    final MemoryStorage storage = new MemoryStorage();
    final Device device;
    final InstancePorts ports;
    private final ExecutorService workers = Workers.pool(2);
    private final EventLoops loops = new EventLoops(1);

    TestInstance(PortConfiguration configuration) throws PortException {
        SecureRandom random = new SecureRandom();
        device = new Device(
                DeviceOptions.named("test"),
                storage,
                new SwtpmStateBlobs(Optional.empty(), Optional.empty()),
                StateHandover.unrestricted(),
                random::nextBytes,
                () -> System.nanoTime() / 1_000_000,
                workers);
        ports = new InstancePorts(device, configuration, this, loops);
        try {
            ports.start();
        } catch (PortException e) {
            close();
            throw e;
        }
    }

    /** A control port, then a data port, both on TCP. */
    static TestInstance onTcp() throws PortException {
        return new TestInstance(new PortConfiguration(
                List.of(Endpoint.Tcp.loopback(0)), List.of(Endpoint.Tcp.loopback(0)), Optional.empty(), false));
    }

    /** The number of the port that is {@code index} in the order of {@link InstancePorts#addresses}. */
    int port(int index) {
        return ((InetSocketAddress) ports.addresses().get(index)).getPort();
    }

    @Override
    public void close() {
        if (workers.isShutdown()) {
            return;
        }
        ports.close();
        device.close().join();
        loops.close();
        workers.shutdown();
    }

    @Override
    public void shutdownRequested() {
        events.add("shutdown");
    }

    @Override
    public void stopRequested() {
        events.add("stop");
    }

    @Override
    public void dataConnectionClosed() {
        events.add("data closed");
    }

    @Override
    public void controlConnectionClosed() {
        events.add("control closed");
    }

    @Override
    public void turnedAway(Optional<Peer> peer, String reason) {
        turnedAway.add(reason);
    }
}
