package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;

/**
 * What every connection of one instance needs.
 *
 * @param device the device behind the ports
 * @param connections where connections register
 * @param listener is told what concerns the process
 * @param exclusive whether, while a control client has handed over a data channel, all others may only look
 * @param loop serves all of them
 */
record InstanceContext(
        Device device, Connections connections, PortListener listener, boolean exclusive, PortEventLoop loop) {}
