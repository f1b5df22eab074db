package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.ControlCommands;
import dev.vtpmd.daemon.device.Device;

/**
 * What every connection of one instance needs.
 *
 * @param device the device behind the ports
 * @param controlCommands its control commands
 * @param connections where connections register
 * @param listener is told what concerns the process
 */
record InstanceContext(
        Device device, ControlCommands controlCommands, Connections connections, PortListener listener) {}
