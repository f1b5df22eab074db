package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;

/**
 * What every connection of one instance needs.
 *
 * @param device the device behind the ports
 * @param connections where connections register
 * @param listener is told what concerns the process
 */
record InstanceContext(Device device, Connections connections, PortListener listener) {}
