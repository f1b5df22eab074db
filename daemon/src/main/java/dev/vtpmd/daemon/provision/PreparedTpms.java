package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmtPublic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * New TPMs that have their keys, but no certificates, and belong to nobody yet. Finding the primes of an RSA key takes longer than all
 * else that a new TPM needs, so a few more of the kind that was wanted last are made in advance, in memory. Each is given out once:
 * who takes it has the only copy. May be used by several threads.
 */
final class PreparedTpms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedTpms.class);
    /** How many are made in advance. */
    static final int COUNT = 8;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "vtpmd-prepare");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
    private Blueprint kind;
    private boolean preparing;
    private boolean closed;

    /** The permanent state of a new TPM with the keys of {@code wanted}, switched off in order. The caller wipes it. */
    byte[] take(Blueprint wanted) throws IOException {
        byte[] prepared;
        synchronized (this) {
            if (!wanted.equals(kind)) {
                discard();
                kind = wanted;
            }
            prepared = ready.poll();
            if (!preparing && !closed && wanted.provisions().any()) {
                preparing = true;
                executor.execute(this::prepare);
            }
        }
        return prepared == null ? make(wanted) : prepared;
    }

    /** How many there are at this moment. */
    synchronized int available() {
        return ready.size();
    }

    private void prepare() {
        try {
            for (Blueprint next = missing(); next != null; next = missing()) {
                add(next, make(next));
            }
        } catch (IOException | RuntimeException e) {
            // Whoever wants one makes it, and meets the same failure.
            LOG.warn("no TPM can be prepared: {}", e.toString());
            synchronized (this) {
                preparing = false;
            }
        }
    }

    private synchronized Blueprint missing() {
        if (closed || ready.size() >= COUNT) {
            preparing = false;
            return null;
        }
        return kind;
    }

    private synchronized void add(Blueprint blueprint, byte[] state) {
        if (!closed && blueprint.equals(kind)) {
            ready.add(state);
        } else {
            Arrays.fill(state, (byte) 0);
        }
    }

    private void discard() {
        ready.forEach(state -> Arrays.fill(state, (byte) 0));
        ready.clear();
    }

    private static byte[] make(Blueprint blueprint) throws IOException {
        byte[] state =
                Tpm.manufacture(blueprint.model().profile(), blueprint.model().pcrBanks(), HostPlatform.entropy());
        Provisions provisions = blueprint.provisions();
        return provisions.any() ? InMemory.changed(state, client -> makeKeys(client, provisions)) : state;
    }

    private static void makeKeys(CommandClient client, Provisions provisions) throws IOException {
        if (provisions.storageRootKey()) {
            makeKey(client, TpmRh.OWNER, KeyTemplates.storageRoot(), Provisioner.STORAGE_ROOT_KEY);
        }
        for (EndorsementKey kind : provisions.endorsementKeys()) {
            makeKey(client, kind);
        }
        if (provisions.deviceIdentity()) {
            for (IdentityKey kind : IdentityKey.values()) {
                makeKey(client, kind);
            }
        }
    }

    /** All are in the endorsement hierarchy, also those of the device (Keys for Device Identity and Attestation, 7.1). */
    private static void makeKey(CommandClient client, StandardKey kind) throws IOException {
        makeKey(client, TpmRh.ENDORSEMENT, kind.template(), kind.handle());
    }

    private static void makeKey(CommandClient client, int hierarchy, TpmtPublic template, int handle)
            throws IOException {
        int key = client.createPrimary(hierarchy, template);
        client.makePersistent(key, handle);
        client.flush(key);
    }

    /** Forgets those that nobody has taken. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            discard();
        }
        executor.close();
    }
}
