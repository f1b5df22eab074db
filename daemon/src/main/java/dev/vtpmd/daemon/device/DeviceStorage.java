package dev.vtpmd.daemon.device;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a device's state is kept. Its methods may wait for stable storage; a device calls them one at a time, never on an
 * event loop. An array that is handed over is not kept.
 *
 * <p>What cannot be read or written is an {@link IOException} whose message is one line for the operator, without secrets. A
 * {@link StateRefusedException} also says which result a control client gets.
 */
public interface DeviceStorage {
    /** The stored permanent state, if there is one. */
    Optional<byte[]> loadPermanent() throws IOException;

    /** Puts {@code state} in place of the stored permanent state. It is on stable storage when this returns. */
    void commitPermanent(byte[] state) throws IOException;

    /** The stored volatile state, if there is one. */
    Optional<byte[]> loadVolatile() throws IOException;

    /** Puts {@code state} in place of the stored volatile state. It is on stable storage when this returns. */
    void storeVolatile(byte[] state) throws IOException;

    /** Removes the stored volatile state, if there is one. */
    void deleteVolatile() throws IOException;

    /**
     * Takes the lock that keeps other processes off this state, or finds it taken already by this one. Does not wait.
     *
     * @return whether this process has it; a storage without a lock says yes
     */
    boolean lock() throws IOException;

    /** Gives up the lock, for another process that goes on with this state. */
    void unlock() throws IOException;
}
