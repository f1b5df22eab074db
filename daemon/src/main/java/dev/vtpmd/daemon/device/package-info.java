/**
 * One device: a {@link dev.vtpmd.engine.Tpm} and what a vTPM has around it. {@link dev.vtpmd.daemon.device.Device} is its
 * state machine, {@link dev.vtpmd.daemon.device.Mailbox} the order in which it is used; neither knows of sockets or files.
 */
package dev.vtpmd.daemon.device;
