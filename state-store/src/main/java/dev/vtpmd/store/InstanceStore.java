package dev.vtpmd.store;

import java.io.IOException;
import java.util.Optional;

/**
 * The stored states of one instance. Calls may come from any thread; they run one after another.
 *
 * <p>Whatever interrupts a call, be it the end of the process or of the power, the state found afterwards is the last one
 * that a call has returned for, or the one that the interrupted call was about to store.
 */
public interface InstanceStore extends AutoCloseable {
    /**
     * Puts {@code state} in place of the one before. It is on stable storage when this returns. The array is not kept.
     *
     * @throws IOException if it could not be stored, for want of space or because of a device error; the state before it
     *     stays in force, and a later commit can succeed
     */
    void commit(StateKind kind, byte[] state) throws IOException;

    /**
     * The state in force, or empty where there is none of this kind.
     *
     * @throws StateStoreException if it cannot be used: damaged, of another instance, or sealed with another key
     */
    Optional<byte[]> load(StateKind kind) throws IOException;

    /**
     * Removes the state of this kind; afterwards {@link #load} gives empty, also after a crash. Does nothing where there is
     * none. In a {@link StateStore}, the permanent state cannot be removed without its instance.
     *
     * @throws IllegalArgumentException if this kind cannot be removed
     */
    void delete(StateKind kind) throws IOException;

    /** Releases files and overwrites keys in memory. States stay. */
    @Override
    void close();
}
