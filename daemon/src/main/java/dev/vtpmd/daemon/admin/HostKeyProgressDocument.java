package dev.vtpmd.daemon.admin;

/**
 * How far a change of the host key is.
 *
 * @param done instances that have gone over to the new key
 * @param total instances that will; 0 while the host key is not being changed
 */
public record HostKeyProgressDocument(int done, int total) {}
