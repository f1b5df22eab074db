package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.swtpm.StateBlobType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The states of one device: which of them its TPM starts from, the storage that keeps them and its lock, and the blobs that
 * move them over the control channel.
 *
 * <p>All methods belong into a task of the device's mailbox but {@link #blobs}.
 */
final class DeviceStates {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceStates.class);

    private final DeviceOptions options;
    private final DeviceStorage storage;
    private final StateBlobCodec blobs;
    private final TpmPlatform platform;
    private final StateHandover handover;
    private final IncomingState incoming = new IncomingState();
    private boolean locked;
    // The client that has been given the states, or has given them, as long as nothing was done with the TPM since.
    private Object holder;

    /** The states in {@code storage}, for TPMs on {@code platform}. */
    DeviceStates(
            DeviceOptions options,
            DeviceStorage storage,
            StateBlobCodec blobs,
            StateHandover handover,
            TpmPlatform platform) {
        this.options = options;
        this.storage = storage;
        this.blobs = blobs;
        this.handover = handover;
        this.platform = platform;
    }

    /** The outer form of states on the control channel. From any thread. */
    StateBlobCodec blobs() {
        return blobs;
    }

    /** Whether states may leave and enter. From any thread. */
    boolean movable() {
        return handover.possible();
    }

    /** Whether the storage is locked for this device, and its TPM is used here. */
    boolean locked() {
        return locked;
    }

    /**
     * Takes the storage lock if it is free, to use the TPM.
     *
     * @throws StateRefusedException if the TPM goes on elsewhere
     */
    boolean lock() throws IOException {
        if (!locked && storage.lock()) {
            handover.remain(holder != null);
            holder = null;
            locked = true;
        }
        return locked;
    }

    /** Takes the storage lock for a command, if it is free. */
    boolean available() {
        if (locked) {
            return true;
        }
        try {
            return lock();
        } catch (IOException e) {
            refused(e);
            return false;
        }
    }

    /** Says why the TPM cannot be used. */
    void refused(IOException reason) {
        LOG.error("{}: {}", options.name(), reason.getMessage());
        options.observer().problem(reason.getMessage());
    }

    private void report(String what, Exception reason) {
        LOG.error("{}: {}: {}", options.name(), what, reason.getMessage());
        options.observer().problem(what + ": " + reason.getMessage());
    }

    /**
     * Lets another process go on with the states, which {@code client} has been given. The next command takes them back if the
     * client is still there.
     *
     * @return SUCCESS, or why that did not work
     */
    ControlResult handOver(Object client) {
        try {
            handover.left();
            holder = client;
            locked = false;
            storage.unlock();
            return ControlResult.SUCCESS;
        } catch (IOException e) {
            report("the state cannot be handed over", e);
            return result(e);
        }
    }

    /**
     * A client of the control channel is gone, and with it what it has given.
     *
     * @return whether the TPM has gone with it
     */
    boolean clientGone(Object client) {
        if (!handover.endsWithClient()) {
            return false;
        }
        incoming.clearFrom(client);
        if (!Objects.equals(client, holder)) {
            return false;
        }
        holder = null;
        return handover.clientGone();
    }

    /** Forgets what clients gave, and gives up the lock. */
    void close() {
        incoming.clear();
        locked = false;
        try {
            storage.unlock();
        } catch (IOException e) {
            report("the storage lock cannot be given up", e);
        }
    }

    private static ControlResult result(IOException e) {
        return e instanceof StateRefusedException refused ? refused.result() : ControlResult.IO_ERROR;
    }

    /**
     * A TPM with power, started from the states that a client gave, else from those in the storage, else manufactured. What a
     * client gave is forgotten then, whether it could be used or not.
     *
     * @param condition must hold
     * @param deleteVolatile whether a stored volatile state is removed once it has been taken
     * @throws IOException if the storage fails; a {@link StateRefusedException} if the condition does not hold, or another process
     *     has locked the storage
     */
    Tpm start(PowerCondition condition, boolean deleteVolatile) throws IOException, DamagedStateException {
        try {
            condition.require();
            boolean given = incoming.permanent().isPresent();
            // Whether the TPM is still here may have changed while it was off.
            locked = false;
            if (!(given ? storage.lock() : lock())) {
                throw new StateRefusedException(ControlResult.FAIL, "the state is locked by another process");
            }
            byte[] permanent = given ? incoming.permanent().get() : permanentState();
            Optional<byte[]> volatileState =
                    given || incoming.volatileState().isPresent() ? incoming.volatileState() : storage.loadVolatile();
            Tpm started = switchOn(permanent, volatileState);
            try {
                if (given) {
                    storage.commitPermanent(permanent);
                }
                if (given || deleteVolatile) {
                    storage.deleteVolatile();
                }
                if (given) {
                    handover.entered();
                    holder = incoming.giver();
                    locked = false;
                }
            } catch (IOException e) {
                started.close();
                throw e;
            }
            return started;
        } finally {
            incoming.clear();
        }
    }

    private byte[] permanentState() throws IOException {
        Optional<byte[]> stored = storage.loadPermanent();
        if (stored.isPresent()) {
            return stored.get();
        }
        TpmModel model = options.model();
        byte[] manufactured = Tpm.manufacture(model.profile(), model.pcrBanks(), platform.entropy());
        storage.commitPermanent(manufactured);
        return manufactured;
    }

    private Tpm switchOn(byte[] permanent, Optional<byte[]> volatileState) throws DamagedStateException {
        Tpm started = new Tpm(permanent, platform);
        try {
            requireProfile(started);
            started.powerOn();
            if (volatileState.isPresent()) {
                started.resume(volatileState.get());
            }
            return started;
        } catch (DamagedStateException e) {
            started.close();
            throw e;
        }
    }

    private void requireProfile(Tpm started) throws DamagedStateException {
        String wanted = options.model().profile().name();
        if (options.exactProfile() && !started.profile().name().equals(wanted)) {
            throw new DamagedStateException(
                    "its profile is %s and will not become %s: a profile is for the life of a TPM"
                            .formatted(started.profile().name(), wanted));
        }
    }

    /** Stores the volatile state of {@code tpm}. */
    ControlResult storeVolatile(Tpm tpm) {
        byte[] state = tpm.volatileState();
        try {
            storage.storeVolatile(state);
            return ControlResult.SUCCESS;
        } catch (IOException e) {
            report("the volatile state cannot be stored", e);
            return ControlResult.IO_ERROR;
        } finally {
            Arrays.fill(state, (byte) 0);
        }
    }

    /**
     * The permanent or volatile state of {@code tpm} as it is now, as a blob.
     *
     * @throws StateRefusedException if it may not leave
     */
    byte[] blob(Tpm tpm, StateBlobType type, boolean decrypted) throws IOException {
        byte[] state = type == StateBlobType.VOLATILE ? tpm.volatileState() : tpm.permanentState();
        byte[] content = {};
        try {
            content = handover.leave(type, state);
            return blobs.encode(content, decrypted);
        } catch (IOException e) {
            report("the state cannot be given to a client", e);
            throw e;
        } finally {
            Arrays.fill(state, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Keeps a state that {@code client} gives for the next {@link #start}. The states are dropped if one does not fit. */
    ControlResult give(Object client, StateBlobType type, byte[] blob) {
        try {
            byte[] content = blob.length == 0 ? blob : blobs.decode(blob);
            byte[] state = content.length == 0 ? content : handover.enter(type, content);
            incoming.from(client);
            switch (type) {
                case PERMANENT -> {
                    check(Optional.of(state), Optional.empty());
                    incoming.permanent(state);
                }
                case VOLATILE -> {
                    check(incoming.permanent(), Optional.of(state));
                    incoming.volatileState(state);
                }
                case SAVESTATE -> {
                    return state.length == 0 ? ControlResult.SUCCESS : ControlResult.BAD_TYPE;
                }
            }
            return ControlResult.SUCCESS;
        } catch (IOException e) {
            report("state refused", e);
            return result(e);
        } catch (DamagedStateException e) {
            report("state refused", e);
            incoming.clear();
            return ControlResult.FAIL;
        }
    }

    /** Tries the states that are given on a TPM of their own. */
    private void check(Optional<byte[]> permanent, Optional<byte[]> volatileState) throws DamagedStateException {
        if (permanent.isEmpty() || permanent.get().length == 0) {
            return;
        }
        try (Tpm trial = new Tpm(permanent.get(), platform)) {
            if (volatileState.isPresent() && volatileState.get().length > 0) {
                trial.powerOn();
                trial.resume(volatileState.get());
            }
        }
    }
}
