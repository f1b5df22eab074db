/**
 * The ports through which a device is reached: swtpm's control and data channels, and the command and platform ports of
 * MSSIM. {@link dev.vtpmd.daemon.port.InstancePorts} is all of one device's ports.
 */
package dev.vtpmd.daemon.port;
