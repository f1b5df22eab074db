package dev.vtpmd.store;

import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The stored states of all instances of one service. Calls may come from any thread. */
public interface StateStore extends AutoCloseable {
    /**
     * Adds an instance with its first states. When this returns, the instance is on stable storage; when it throws,
     * or is interrupted by a crash, there is either the whole instance or nothing of it.
     *
     * @param volatileState of a TPM that goes on where it was; empty for one that is switched on anew
     * @return the new instance, open
     * @throws InstanceExistsException if there is an instance of this name or UUID
     */
    InstanceStore create(InstanceInfo info, byte[] permanentState, Optional<byte[]> volatileState) throws IOException;

    /** Adds an instance whose TPM is switched on anew. */
    default InstanceStore create(InstanceInfo info, byte[] permanentState) throws IOException {
        return create(info, permanentState, Optional.empty());
    }

    /**
     * Opens the states of an instance, which must not be open already.
     *
     * @param seen is shown the permanent state, which is read for that in any case, and overwritten afterwards
     * @throws RolledBackFileException if older states were put back, or the instance itself
     * @throws NoSuchInstanceException if there is no such instance
     * @throws StateStoreException if its files cannot be used
     */
    InstanceStore open(UUID uuid, Consumer<byte[]> seen) throws IOException;

    /** As {@link #open(UUID, Consumer)}, for those who do not look. */
    default InstanceStore open(UUID uuid) throws IOException {
        return open(uuid, state -> {});
    }

    /** All instances whose description could be read, in order of their names. */
    List<InstanceInfo> list();

    /** One of those, or empty if it is none. */
    Optional<InstanceInfo> info(UUID uuid);

    /**
     * The instances that cannot be used, each with the reason. Their files are left as they are. {@link #open} tries again.
     */
    Map<UUID, StateStoreException> unreadable();

    /**
     * Replaces the settings of an instance, durably.
     *
     * @throws NoSuchInstanceException if there is no such instance
     */
    void configure(UUID uuid, Map<String, String> settings) throws IOException;

    /**
     * A key that only this instance of this store has, for one purpose. It stays the same while there is the instance. The caller
     * closes it.
     *
     * @param purpose ASCII
     * @throws NoSuchInstanceException if there is no such instance
     */
    SealingKey derivedKey(UUID uuid, String purpose) throws IOException;

    /**
     * Removes an instance for good: its data key is overwritten first, then its files are deleted. The instance must not be
     * open. An unreadable instance can be destroyed too.
     *
     * @throws NoSuchInstanceException if there is no such instance
     */
    void destroy(UUID uuid) throws IOException;

    /** Notes, durably, that a TPM is destroyed here which had been handed over {@code handover} times. */
    void destroyedAfter(UUID uuid, long handover) throws IOException;

    /** The last handover of a TPM that was destroyed here, or 0. */
    long lastHandoverOfDestroyed(UUID uuid) throws IOException;

    /**
     * What is kept of the local certification authority, or empty as long as nothing is. It has secrets.
     *
     * @throws StateStoreException if it cannot be used
     */
    Optional<byte[]> authority() throws IOException;

    /** Keeps {@code content} of the local certification authority, durably, in place of what was kept. The array is not kept. */
    void keepAuthority(byte[] content) throws IOException;

    /**
     * Goes over to another host key, also for instances that are open. After a crash on the way the states open with either key,
     * and opening them completes the change.
     *
     * @throws StateStoreException if the key cannot be used, or there are unreadable instances: they could not go along
     */
    void changeHostKey(HostKeySource source) throws IOException;

    /** How far {@link #changeHostKey} is. Never waits. */
    HostKeyProgress hostKeyProgress();

    /**
     * Takes the states of an instance for the newest that there are, although older ones were put back, or the instance itself. It
     * must not be open.
     *
     * @throws NoSuchInstanceException if there is no such instance
     */
    void acceptRollback(UUID uuid) throws IOException;

    /** Closes all instances and lets go of the directory. */
    @Override
    void close();
}
