package dev.vtpmd.engine;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandExecution;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.command.CostEstimate;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.pcr.MeasuredLaunch;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StateEncoding;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One TPM 2.0. It executes commands one at a time, on whatever thread calls; its owner sees to it that no two calls overlap,
 * {@link #cancel} excepted.
 *
 * <p>After construction the TPM has no power. {@link #powerOn} is _TPM_Init (Part 3, 9.2); the first command must then be
 * TPM2_Startup, unless {@link #resume} has put back a volatile state.
 */
public final class Tpm implements AutoCloseable {
    private static final int COMMAND_CODE_OFFSET = 6;
    private static final CommandTable TABLE = new CommandTable();
    /** Bytes that a TPM keeps for responses; longer ones have room of their own until the next command. */
    private static final int USUAL_RESPONSE = 256;

    private final TpmPlatform surroundings;
    private final AlgorithmProfile profile;
    private final Platform platform;
    private final AsymmetricProvider asymmetric = AsymmetricProvider.fastest();
    private final TpmWriter response = new TpmWriter(USUAL_RESPONSE);
    private final TpmReader request;
    private TpmState state;
    private CommandExecution execution;
    private MeasuredLaunch launch;
    private boolean needsShutdown;
    private Throwable fault;

    /**
     * A TPM with the given permanent state.
     *
     * @param permanentState what {@link #manufacture} or an earlier {@link PermanentStorage#commit} gave
     * @throws DamagedStateException if the state cannot be taken
     */
    public Tpm(byte[] permanentState, TpmPlatform surroundings) throws DamagedStateException {
        this.surroundings = surroundings;
        this.platform = new Platform(surroundings.attachedComponents());
        this.profile = profileOf(permanentState);
        this.request = new TpmReader(permanentState, profile);
        restore(permanentState);
    }

    /** The encoded permanent state of a new TPM, as the other method gives it, with the PCR banks of {@code profile}. */
    public static byte[] manufacture(AlgorithmProfile profile, Entropy entropy) {
        return manufacture(profile, profile.pcrBanks(), entropy);
    }

    /**
     * The encoded permanent state of a new TPM with fresh seeds. It counts as shut down in order, since nothing can have been
     * lost.
     *
     * @param profile what the TPM offers, for its whole life
     * @param pcrBanks the PCR banks that have PCRs until TPM2_PCR_Allocate says otherwise, among the hash algorithms of {@code
     *     profile}
     */
    public static byte[] manufacture(AlgorithmProfile profile, Set<TpmiAlgHash> pcrBanks, Entropy entropy) {
        TpmState state = new TpmState(profile, new Platform(), AsymmetricProvider.fastest(), entropy, () -> 0);
        profile.hashes()
                .forEach(bank -> state.pcrs().nextAllocation(bank, pcrBanks.contains(bank) ? PcrBanks.ALL_PCRS : 0));
        state.orderly().shutdown(ShutdownKind.CLEAR);
        byte[] permanent = StateEncoding.permanent(state);
        state.wipe();
        return permanent;
    }

    /** _TPM_Init: power is applied, or the TPM is reset (Part 3, 9.2). What was not shut down in order is lost. */
    public void powerOn() {
        boolean established = state.startup().established();
        try {
            restore(StateEncoding.permanent(state));
        } catch (DamagedStateException e) {
            throw new IllegalStateException("a state that was just encoded cannot be read", e);
        }
        state.startup().init();
        state.startup().established(established);
        state.clock().powerOn();
        state.pcrs().init();
        platform.cancelled(false);
        needsShutdown = false;
    }

    /**
     * Puts back a state from {@link #volatileState}: the TPM goes on where it was, without TPM2_Startup.
     *
     * @throws DamagedStateException if the state cannot be taken, or belongs to another permanent state
     */
    public void resume(byte[] volatileState) throws DamagedStateException {
        StateEncoding.restoreVolatile(state, volatileState);
        needsShutdown = state.startup().started();
    }

    /**
     * Executes one command. Whatever the bytes are, a well-formed response comes back; it never throws.
     *
     * @param locality 0 to 4, or an extended locality of 32 to 255
     * @return this TPM's response buffer with one response in it, valid until the next call
     */
    public TpmWriter execute(int locality, byte[] command, int offset, int length) {
        launch.abandon();
        int code;
        try {
            state.clock().update();
            state.countdownTimers().update();
            state.dictionaryAttack().selfHeal();
            response.restart(USUAL_RESPONSE);
            request.reset(command, offset, length);
            code = executeRequest(locality, durable(command, offset, length));
        } catch (RuntimeException | StackOverflowError e) {
            fault = e;
            code = TpmRc.FAILURE.value();
        }
        if (code == TpmRc.SUCCESS.value()) {
            needsShutdown = commandCode(command, offset, length) != TpmCc.SHUTDOWN.value();
        } else {
            errorResponse(code);
        }
        return response;
    }

    /**
     * What kind of work the command in these bytes would be now; {@link CommandCost#LIGHT} for what is no command. Not to be
     * called while a command is executed.
     */
    public CommandCost cost(byte[] command, int offset, int length) {
        return new CostEstimate(state, TABLE).of(command, offset, length);
    }

    /** The fault that the last command met, if it was one that no command should meet, else null. Then forgets it. */
    public Throwable takeFault() {
        Throwable taken = fault;
        fault = null;
        return taken;
    }

    /** _TPM_Hash_Start: begins an H-CRTM or D-RTM measurement (Part 3, 22.9), and sets the established flag. */
    public void hashStart() {
        launch.start();
        state.startup().established(true);
    }

    /** _TPM_Hash_Data: more of the measurement. */
    public void hashData(byte[] data, int offset, int length) {
        launch.update(data, offset, length);
    }

    /** _TPM_Hash_End: ends the measurement and extends PCR 17, or PCR 0 before Startup. */
    public void hashEnd() {
        launch.end();
    }

    /** Asks the command that runs, if any, to end with TPM_RC_CANCELED. May be called from any thread. */
    public void cancel(boolean on) {
        platform.cancelled(on);
    }

    /** Whether the platform asserts physical presence. */
    public void physicalPresence(boolean on) {
        platform.physicalPresence(on);
    }

    /** Whether stable storage can be written; commands that need it answer TPM_RC_NV_UNAVAILABLE while it cannot. */
    public void nvAvailable(boolean on) {
        platform.nvAvailable(on);
    }

    /** Makes the next self-test that a command asks for fail, whichever TPM2_Startup comes before it. */
    public void failNextSelfTest() {
        platform.failNextSelfTest();
    }

    /** The TPM_ACCESS_x.tpmEstablishment flag (PC Client Platform TPM Profile, 6.5.2.4): whether a D-RTM was measured. */
    public boolean established() {
        return state.startup().established();
    }

    /** Whether the authenticated countdown timer with this handle has run out; false for what is none of this TPM's. */
    public boolean countdownSignaled(int handle) {
        state.countdownTimers().update();
        return state.countdownTimers().contains(handle)
                && state.countdownTimers().signaled(handle);
    }

    /** Clears the established flag. */
    public void resetEstablished() {
        state.startup().established(false);
    }

    /**
     * Sets TPM_PT_MAX_COMMAND_SIZE and TPM_PT_MAX_RESPONSE_SIZE to {@code bytes}, brought into the range that the TPM
     * supports; 0 changes nothing.
     *
     * @return the size in force
     */
    public int bufferSize(int bytes) {
        platform.bufferSize(bytes);
        return platform.bufferSize();
    }

    /** The smallest size that {@link #bufferSize} gives, in bytes. */
    public int minimumBufferSize() {
        return platform.smallestBufferSize();
    }

    /** The largest size that {@link #bufferSize} gives, in bytes. */
    public int maximumBufferSize() {
        return platform.largestBufferSize();
    }

    /** Whether a command other than TPM2_Shutdown has succeeded since the last TPM2_Shutdown or _TPM_Init. */
    public boolean needsShutdown() {
        return needsShutdown;
    }

    /** The profile, which is the same for the whole life of the TPM. */
    public AlgorithmProfile profile() {
        return profile;
    }

    /** The PCR banks that have PCRs now. */
    public List<TpmiAlgHash> pcrBanks() {
        return state.pcrs().hashes().stream()
                .filter(bank -> state.pcrs().allocation(bank) != 0)
                .toList();
    }

    /** The encoded permanent state as it is now. */
    public byte[] permanentState() {
        return StateEncoding.permanent(state);
    }

    /** The encoded volatile state as it is now: everything that {@link #resume} needs besides the permanent state. */
    public byte[] volatileState() {
        return StateEncoding.volatileState(state);
    }

    /** Overwrites the secrets in memory. The TPM must not be used any more. */
    @Override
    public void close() {
        state.wipe();
        response.wipe();
    }

    private int executeRequest(int locality, boolean durable) {
        Snapshot before = durable ? new Snapshot() : null;
        try {
            execution.execute(locality, request, response);
            return TpmRc.SUCCESS.value();
        } catch (StorageFailure e) {
            if (before != null) {
                before.restore();
            }
            return TpmRc.NV_UNAVAILABLE.value();
        } catch (TpmException e) {
            return commitAfterFailure(e.code());
        }
    }

    /** A command that failed may have counted a failed authorization, which must not be lost. */
    private int commitAfterFailure(int code) {
        try {
            commit();
            return code;
        } catch (StorageFailure e) {
            return TpmRc.NV_UNAVAILABLE.value();
        }
    }

    private boolean durable(byte[] command, int offset, int length) {
        return state.orderly().shutdown() != ShutdownKind.NONE || cost(command, offset, length) == CommandCost.DURABLE;
    }

    private void commitAfterAction(CommandContext command) {
        commit();
    }

    private void commit() {
        if (!state.orderly().needsCommit()) {
            return;
        }
        byte[] encoded = StateEncoding.permanent(state);
        try {
            surroundings.storage().commit(encoded);
        } catch (IOException e) {
            throw new StorageFailure();
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
        state.orderly().committed();
    }

    private void restore(byte[] permanentState) throws DamagedStateException {
        TpmState restored = new TpmState(profile, platform, asymmetric, surroundings.entropy(), surroundings.timer());
        StateEncoding.restorePermanent(restored, permanentState);
        state = restored;
        execution = new CommandExecution(restored, TABLE, this::commitAfterAction);
        launch = new MeasuredLaunch(restored);
    }

    private void errorResponse(int code) {
        response.truncate(0);
        response.u16(TpmSt.NO_SESSIONS.value());
        response.u32(CommandExecution.HEADER_SIZE);
        response.u32(code);
    }

    private static int commandCode(byte[] command, int offset, int length) {
        if (length < CommandExecution.HEADER_SIZE) {
            return 0;
        }
        TpmReader in = new TpmReader(command, offset + COMMAND_CODE_OFFSET, Integer.BYTES, null);
        return in.u32();
    }

    /**
     * The profile of the TPM that a permanent state is of.
     *
     * @throws DamagedStateException if this is no state, or one with a profile that this release does not know
     */
    public static AlgorithmProfile profileOf(byte[] permanentState) throws DamagedStateException {
        return profile(StateEncoding.profileName(permanentState));
    }

    private static AlgorithmProfile profile(String name) throws DamagedStateException {
        return AlgorithmProfile.named(name)
                .orElseThrow(() -> new DamagedStateException(
                        "the state has a profile that this release does not know: " + name.replaceAll("[^ -~]", "?")));
    }

    /** The state before a command that commits, for the case that it cannot. */
    private final class Snapshot {
        private final byte[] permanent = StateEncoding.permanent(state);
        private final byte[] volatileState = StateEncoding.volatileState(state);
        private final ShutdownKind shutdown = state.orderly().shutdown();

        void restore() {
            try {
                StateEncoding.restorePermanent(state, permanent);
                StateEncoding.restoreVolatile(state, volatileState);
                state.orderly().restore(shutdown);
            } catch (DamagedStateException e) {
                throw new IllegalStateException("a state that was just encoded cannot be read", e);
            }
        }
    }

    /** The permanent state could not be stored. */
    private static final class StorageFailure extends RuntimeException {
        StorageFailure() {
            super(null, null, false, false);
        }
    }
}
