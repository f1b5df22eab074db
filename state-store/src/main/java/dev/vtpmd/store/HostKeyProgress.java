package dev.vtpmd.store;

/**
 * How far a change of the host key is.
 *
 * @param done instances that have gone over to the new key
 * @param total instances that will; 0 while the host key is not being changed
 */
public record HostKeyProgress(int done, int total) {
    /** The host key is not being changed. */
    public static final HostKeyProgress NONE = new HostKeyProgress(0, 0);
}
