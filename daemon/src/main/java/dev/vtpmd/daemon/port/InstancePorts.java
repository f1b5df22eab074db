package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;

/** All ports of one instance. */
public final class InstancePorts implements AutoCloseable {
    /** The ports of {@code device}, not yet open. */
    public InstancePorts(Device device, PortConfiguration configuration, PortListener listener, EventLoops loops) {}

    /**
     * Opens the ports. Not to be called on an event loop.
     *
     * @throws PortException if one of them cannot be opened; then none is
     */
    public void start() throws PortException {}

    /** Closes ports and connections, and removes socket files. Commands that run are still answered. Not on an event loop. */
    @Override
    public void close() {}
}
