package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.port.PortException;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.libtpms.LibtpmsState;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.InstanceExistsException;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.export.ExportedTpm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Makes instances: of a new TPM, of one that was elsewhere, or of one that is still to come. */
final class NewInstances {
    /** Longer paths do not fit in a sockaddr_un (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private final StateStore store;
    private final InstanceHost host;
    private final Roster roster;

    /** Puts what it makes in {@code store} and on {@code roster}. */
    NewInstances(StateStore store, InstanceHost host, Roster roster) {
        this.store = store;
        this.host = host;
        this.roster = roster;
    }

    /** See {@link Instances#create}. */
    InstanceStatus create(InstanceConfiguration configuration, NewTpm tpm) throws InstanceException {
        InstanceInfo info = validated(configuration);
        roster.reserve(configuration);
        try {
            byte[] state = made(configuration, tpm);
            try {
                InstanceStatus status = add(configuration, info, state, Optional.empty());
                told(configuration, "created", "created, UUID " + configuration.uuid());
                return status;
            } finally {
                Arrays.fill(state, (byte) 0);
            }
        } finally {
            roster.unreserve(configuration);
        }
    }

    private static byte[] made(InstanceConfiguration configuration, NewTpm tpm) throws InstanceException {
        try {
            return tpm.permanentState();
        } catch (IOException e) {
            throw cannotBeCreated(configuration, e);
        }
    }

    /** See {@link Instances#takeOver}. */
    InstanceStatus takeOver(
            InstanceConfiguration configuration,
            AlgorithmProfile profile,
            byte[] permanent,
            Optional<byte[]> volatileState)
            throws InstanceException {
        InstanceInfo info = validated(configuration);
        roster.reserve(configuration);
        try {
            LibtpmsState state;
            try {
                state = LibtpmsState.convert(permanent, volatileState, profile, HostPlatform.entropy());
            } catch (DamagedStateException e) {
                throw new InstanceException(Reason.INVALID, configuration.name() + ": " + e.getMessage(), e);
            }
            try {
                InstanceStatus status = add(configuration, info, state.permanentState(), state.volatileState());
                told(
                        configuration,
                        "taken-over",
                        "taken over from libtpms (profile " + state.profile() + ", "
                                + (volatileState.isPresent() ? "running" : "switched off") + "), UUID "
                                + configuration.uuid());
                return status;
            } finally {
                state.wipe();
            }
        } finally {
            roster.unreserve(configuration);
        }
    }

    /** The new place of a TPM that was exported elsewhere. See {@link Instances#importTpm}. */
    InstanceStatus importTpm(InstanceConfiguration configuration, ExportedTpm tpm) throws InstanceException {
        validated(configuration);
        roster.reserve(configuration);
        try {
            try {
                Tpm.profileOf(tpm.permanentState());
                if (tpm.handover() <= store.lastHandoverOfDestroyed(tpm.instance())) {
                    throw new InstanceException(
                            Reason.INVALID,
                            configuration.name() + ": this TPM was destroyed here after it was exported");
                }
            } catch (DamagedStateException | IOException e) {
                throw new InstanceException(Reason.INVALID, configuration.name() + ": " + e.getMessage(), e);
            }
            InstanceInfo info = configuration.stored(Custody.after(tpm.handover(), tpm.id(), Custody.Place.HERE));
            InstanceStatus status = add(configuration, info, tpm.permanentState(), tpm.volatileState());
            told(configuration, "imported", "imported, handover " + tpm.handover());
            return status;
        } finally {
            roster.unreserve(configuration);
        }
    }

    /** See {@link Instances#await}. */
    InstanceStatus await(InstanceConfiguration configuration, boolean anyTpm) throws InstanceException {
        validated(configuration);
        roster.reserve(configuration);
        try {
            Instance instance = new Instance(
                    InstanceStorage.awaiting(store, configuration),
                    anyTpm ? Optional.empty() : Optional.of(configuration.uuid()),
                    host);
            try {
                instance.startOrStop();
            } catch (IOException e) {
                throw cannotBeCreated(configuration, e);
            }
            roster.served(instance);
            told(configuration, "awaiting", "awaits a TPM from a migration");
            return instance.status();
        } finally {
            roster.unreserve(configuration);
        }
    }

    private InstanceStatus add(
            InstanceConfiguration configuration, InstanceInfo info, byte[] permanent, Optional<byte[]> volatileState)
            throws InstanceException {
        try {
            InstanceStore states = store.create(info, permanent, volatileState);
            Instance instance = new Instance(
                    InstanceStorage.of(store, configuration, Custody.of(info.settings()), states),
                    Optional.empty(),
                    host);
            try {
                if (instance.startOrStop().join() != ControlResult.SUCCESS) {
                    instance.stop();
                    throw new IOException("its TPM does not start; the log has the reason");
                }
            } catch (IOException e) {
                undo(configuration, e);
                throw e;
            }
            roster.served(instance);
            return instance.status();
        } catch (InstanceExistsException e) {
            throw new InstanceException(Reason.TAKEN, e.getMessage(), e);
        } catch (IOException e) {
            throw cannotBeCreated(configuration, e);
        }
    }

    private void undo(InstanceConfiguration configuration, IOException cause) {
        try {
            store.destroy(configuration.uuid());
        } catch (IOException e) {
            roster.broken(configuration, "its creation failed and is to be undone: " + Failures.line(e));
            cause.addSuppressed(e);
        }
    }

    private void told(InstanceConfiguration configuration, String event, String detail) {
        host.audit().event(event, configuration.uuid(), configuration.name(), detail);
    }

    private static InstanceException cannotBeCreated(InstanceConfiguration configuration, IOException reason) {
        return new InstanceException(
                reason instanceof PortException port && port.taken() ? Reason.TAKEN : Reason.FAILED,
                configuration.name() + ": cannot be created: " + Failures.line(reason),
                reason);
    }

    private InstanceInfo validated(InstanceConfiguration configuration) throws InstanceException {
        InstanceInfo info;
        try {
            info = configuration.stored(Custody.NEW);
        } catch (IllegalArgumentException e) {
            throw new InstanceException(Reason.INVALID, e.getMessage(), e);
        }
        Path socket = Instance.controlSocket(host, configuration.name());
        if (socket.toString().length() > LONGEST_SOCKET_PATH) {
            throw new InstanceException(
                    Reason.INVALID,
                    "the path of the control socket, " + socket + ", is longer than " + LONGEST_SOCKET_PATH + " bytes");
        }
        return info;
    }
}
