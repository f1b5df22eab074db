package dev.vtpmd.store.disk;

import dev.vtpmd.store.HostKeyProgress;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.HostKeyChange;
import dev.vtpmd.store.record.SlotPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The host key of a state directory, and its change. Only {@link #progress} may be asked for by any thread; the rest is for who has the
 * store's lock.
 */
final class HostKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    private final StateDirectory directory;
    // The first seals; a second one is there only while a change of the host key has not been completed.
    private List<SealingKey> keys;
    private volatile HostKeyProgress progress = HostKeyProgress.NONE;

    /** {@code given} is the host key as far as its source knows. */
    HostKeys(StateDirectory directory, SealingKey given) {
        this.directory = directory;
        this.keys = List.of(given);
    }

    /** All keys that something may be sealed with; the first is the one to seal with. */
    List<SealingKey> all() {
        return keys;
    }

    /** The key to seal with. */
    SealingKey current() {
        return keys.getFirst();
    }

    /** How far a change is. */
    HostKeyProgress progress() {
        return progress;
    }

    /**
     * Finds the other key if a change was interrupted; {@link #complete} goes on with it.
     *
     * @throws dev.vtpmd.store.WrongKeyException if the given key is neither of both
     */
    void resume() throws IOException {
        HostKeyChange change = directory.hostKeyChange();
        if (change.underWay()) {
            keys = change.keys(current());
        }
    }

    /** Whether a change has begun and not been completed. */
    boolean changing() {
        return keys.size() > 1;
    }

    /** Changes to the key of {@code source}; after a change that was interrupted, completes that first. */
    void change(HostKeySource source, GenerationRegister register) throws IOException {
        if (changing()) {
            complete(register);
        }
        SealingKey replacement = source.load(directory.files(), directory.path(), true);
        if (replacement.sameAs(current())) {
            replacement.close();
            return;
        }
        directory.hostKeyChange().begin(current(), replacement);
        keys = List.of(replacement, current());
        complete(register);
    }

    /** Seals with the first key whatever is sealed with the other one, which is of no use from then on. */
    void complete(GenerationRegister register) throws IOException {
        try {
            resealInstances();
        } finally {
            progress = HostKeyProgress.NONE;
        }
        try (SlotPair seal = directory.seal(keys)) {
            seal.reseal();
        }
        register.reseal(keys);
        resealAuthority();
        directory.hostKeyChange().end();
        keys.stream().skip(1).forEach(SealingKey::close);
        keys = List.of(current());
    }

    private void resealInstances() throws IOException {
        List<UUID> all = List.copyOf(directory.instances());
        for (int done = 0; done < all.size(); done++) {
            progress = new HostKeyProgress(done, all.size());
            try {
                directory.folder(all.get(done)).reseal(keys);
            } catch (StateStoreException e) {
                // An instance that neither key opens is none the worse for the change.
                LOG.error("{}", e.getMessage());
            }
        }
    }

    private void resealAuthority() throws IOException {
        try {
            directory.authority().reseal(keys);
        } catch (StateStoreException e) {
            // Nobody could use it before the change either.
            LOG.error("{}", e.getMessage());
        }
    }

    @Override
    public void close() {
        keys.forEach(SealingKey::close);
    }
}
