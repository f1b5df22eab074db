package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Entropy;
import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.state.StateEncoding;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The state of a TPM that libtpms (0.7 and later) has written, as states of this TPM.
 *
 * <p>Taken over are seeds with their level, proofs, authorizations and policies, NV indices, persistent objects, the PCR
 * allocation, dictionary attack protection, command audit, the commands that need physical presence, the clock and its
 * counters, and what TPM2_Shutdown(STATE) saved; of a TPM that ran, also PCRs and transient objects. Sessions and sequences
 * end, and contexts that were saved outside can no longer be loaded.
 *
 * @param permanentState for {@link dev.vtpmd.engine.Tpm}
 * @param volatileState for {@link dev.vtpmd.engine.Tpm#resume}, if there was one
 * @param profile the name that libtpms gave the profile of the TPM
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LibtpmsState(byte[] permanentState, Optional<byte[]> volatileState, String profile) {
    /**
     * Converts states as libtpms gives them, without swtpm's wrapping.
     *
     * @param permanent PERSISTENT_ALL
     * @param volatileState of a TPM that ran
     * @param profile what the TPM offers from now on
     * @throws DamagedStateException if a state is damaged, of an unknown version, or has what this TPM does not offer. The
     *     message says which, and holds no secret
     */
    public static LibtpmsState convert(
            byte[] permanent, Optional<byte[]> volatileState, AlgorithmProfile profile, Entropy entropy)
            throws DamagedStateException {
        PersistentAll all = read("permanent", () -> PersistentAll.read(permanent, profile));
        Optional<VolatileState> running = volatileState.isEmpty()
                ? Optional.empty()
                : Optional.of(read("volatile", () -> VolatileState.read(volatileState.get(), all.data(), profile)));
        TpmState tpm = new TpmState(profile, new Platform(), AsymmetricProvider.fastest(), entropy, () -> 0);
        try {
            StateBuilder builder = new StateBuilder(tpm);
            read("permanent", () -> builder.permanent(all, running));
            byte[] permanentState = StateEncoding.permanent(tpm);
            Optional<byte[]> resumable = running.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read("volatile", () -> {
                        builder.running(all, running.get());
                        return StateEncoding.volatileState(tpm);
                    }));
            return new LibtpmsState(permanentState, resumable, all.profile());
        } finally {
            tpm.wipe();
        }
    }

    /** Overwrites the states. */
    public void wipe() {
        Arrays.fill(permanentState, (byte) 0);
        volatileState.ifPresent(state -> Arrays.fill(state, (byte) 0));
    }

    @Override
    public String toString() {
        return "LibtpmsState[profile " + profile + "]";
    }

    /** Whatever it is that cannot be made of these bytes: the caller learns one line. */
    private static <T> T read(String kind, Supplier<T> part) throws DamagedStateException {
        try {
            return part.get();
        } catch (MalformedStateException e) {
            throw new DamagedStateException("libtpms's " + kind + " state cannot be taken over: " + e.getMessage());
        } catch (TpmException e) {
            throw new DamagedStateException(
                    "libtpms's " + kind + " state cannot be taken over: it is damaged: it ends early,"
                            + " or has a value that it cannot have");
        } catch (RuntimeException e) {
            throw new DamagedStateException("libtpms's " + kind + " state cannot be taken over: it is damaged");
        }
    }
}
