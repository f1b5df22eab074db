package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.CommandCost;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Entropy;
import dev.vtpmd.engine.PlatformTimer;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One vTPM device: a TPM, whether it has power, and what the platform around a TPM decides: locality, cancelling, and which
 * states it starts from.
 *
 * <p>Methods marked "any time" may be called from any thread while a command runs. All others belong into a task of the
 * {@link #mailbox}, or into one that {@link #start} and {@link #close} put there themselves.
 */
public final class Device {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private static final int TPM_ST_NO_SESSIONS = 0x8001;
    private static final int TPM_RC_FAILURE = 0x101;
    private static final int TPM_RC_INITIALIZE = 0x100;
    private static final int TPM_SU_CLEAR = 0;
    private static final int TPM_SU_STATE = 1;
    private static final int HIGHEST_LOCALITY = 4;

    private final DeviceOptions options;
    private final PowerCondition condition;
    private final DeviceStates states;
    private final Mailbox mailbox;
    private final TpmWriter failure = new TpmWriter(10);
    private final Cancellation cancellation = new Cancellation();
    private final CommandSizes sizes = new CommandSizes();

    /** Null while the TPM is stopped. */
    private volatile Tpm tpm;

    private volatile int locality;
    private volatile boolean established;
    /** Null before the TPM was switched on for the first time. */
    private volatile AlgorithmProfile profile;
    /** Null likewise. */
    private volatile List<TpmiAlgHash> pcrBanks;

    private volatile BufferSize bufferSize = BufferSize.initial();
    /** A device without power. Nothing is read from {@code storage} before the TPM is switched on. */
    public Device(
            DeviceOptions options,
            DeviceStorage storage,
            StateBlobCodec blobs,
            StateHandover handover,
            Entropy entropy,
            PlatformTimer timer,
            Executor workers) {
        this(options, PowerCondition.none(), storage, blobs, handover, entropy, timer, workers);
    }

    /** The same for a TPM that is switched on only while {@code condition} holds. */
    public Device(
            DeviceOptions options,
            PowerCondition condition,
            DeviceStorage storage,
            StateBlobCodec blobs,
            StateHandover handover,
            Entropy entropy,
            PlatformTimer timer,
            Executor workers) {
        this.options = options;
        this.condition = condition;
        TpmPlatform platform =
                new TpmPlatform(entropy, timer, new ReportedCommits(options.name(), storage, options.observer()));
        this.states = new DeviceStates(options, storage, blobs, handover, platform);
        this.mailbox = new Mailbox(workers);
        failure.u16(TPM_ST_NO_SESSIONS);
        failure.u32(10);
        failure.u32(TPM_RC_FAILURE);
    }

    /** The device's states, in its storage and on the control channel. */
    DeviceStates states() {
        return states;
    }

    /** The TPM; null while it is stopped. */
    Tpm tpm() {
        return tpm;
    }

    /** The order in which this device is used. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** How this device behaves. */
    public DeviceOptions options() {
        return options;
    }

    /** Does what {@code mode} says, after what is in the mailbox. Any time. */
    public CompletableFuture<ControlResult> start(StartupMode mode) {
        return inMailbox(() -> {
            if (mode == StartupMode.NEED_INIT) {
                return ControlResult.SUCCESS;
            }
            ControlResult result = init(false);
            if (result == ControlResult.SUCCESS && mode != StartupMode.INIT) {
                send(TpmCc.STARTUP, mode == StartupMode.STARTUP_STATE ? TPM_SU_STATE : TPM_SU_CLEAR);
            }
            return result;
        });
    }

    /** Switches the TPM off in order, after what is in the mailbox, and gives up the storage lock. Any time. */
    public CompletableFuture<Void> close() {
        return inMailbox(() -> {
            stop();
            states.close();
            return null;
        });
    }

    /**
     * Does {@code work} while the TPM is off, after what is in the mailbox. Any time.
     *
     * @return what {@code work} gives; empty if the TPM is on, and nothing was done
     */
    public <T> CompletableFuture<Optional<T>> whileOff(Supplier<T> work) {
        return inMailbox(() -> running() ? Optional.empty() : Optional.of(work.get()));
    }

    private <T> CompletableFuture<T> inMailbox(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        mailbox.submit(() -> done.completeAsync(work, Runnable::run));
        return done;
    }

    /** Whether the TPM has power. Any time. */
    public boolean running() {
        return tpm != null;
    }

    /** The PCR banks that the TPM has had PCRs in since it was switched on or reset last; before that, empty. Any time. */
    public Optional<List<TpmiAlgHash>> pcrBanks() {
        return Optional.ofNullable(pcrBanks);
    }

    /** The profile of the TPM that runs or has run last; before that, empty. Any time. */
    public Optional<AlgorithmProfile> profile() {
        return Optional.ofNullable(profile);
    }

    /** The locality of commands that do not bring their own. Any time. */
    public int locality() {
        return locality;
    }

    /**
     * Sets the {@link #locality}, which stays across INIT, STOP and connections. Any time.
     *
     * @return BAD_LOCALITY for one above 4, or one that is refused
     */
    public ControlResult chooseLocality(int newLocality) {
        if (newLocality > HIGHEST_LOCALITY || (newLocality == HIGHEST_LOCALITY && options.refuseLocality4())) {
            return ControlResult.BAD_LOCALITY;
        }
        locality = newLocality;
        return ControlResult.SUCCESS;
    }

    /** Sets the {@link #locality} as a command prefix does: without a check, and to stay. Any time. */
    public void forceLocality(int newLocality) {
        locality = newLocality;
    }

    /** TPM_ACCESS_x.tpmEstablishment (PC Client Platform TPM Profile, 6.5.2.4). Any time. */
    public boolean established() {
        return established;
    }

    /** Asks the command that runs, if any, to end with TPM_RC_CANCELED. Any time. */
    public void cancelCommand() {
        Tpm running = tpm;
        if (running != null) {
            cancellation.cancelRunning(running);
        }
    }

    /** Asks commands to end with TPM_RC_CANCELED from now on, or no longer (MSSIM CANCEL_ON, CANCEL_OFF). Any time. */
    public void cancelSignal(boolean on) {
        Tpm running = tpm;
        if (running != null) {
            cancellation.signal(running, on);
        }
    }

    /** The buffer size in force and its bounds. Any time. */
    public BufferSize bufferSize() {
        return bufferSize;
    }

    /** Whether {@link #execute} of this command takes microseconds only and does not wait. */
    public boolean light(byte[] command, int length) {
        Tpm running = tpm;
        return running == null || (states.locked() && running.cost(command, 0, length) == CommandCost.LIGHT);
    }

    /**
     * Executes one command. A TPM that does not run, or whose storage another process has locked, answers TPM_RC_FAILURE.
     *
     * @param commandLocality 0 to 255; 5 to 31 do not exist and count as 0
     * @return a response that is valid until the next task of the mailbox
     */
    public TpmWriter execute(int commandLocality, byte[] command, int length) {
        Tpm running = tpm;
        if (running == null || !states.available()) {
            return failure;
        }
        boolean exists = commandLocality <= HIGHEST_LOCALITY || commandLocality >= 32;
        long begun = System.nanoTime();
        cancellation.begin();
        TpmWriter response = running.execute(exists ? commandLocality : 0, command, 0, length);
        cancellation.end(running);
        sizes.record(command, length, response);
        options.observer().executed(commandLocality, command, length, response, System.nanoTime() - begun);
        reportFault(running.takeFault());
        return response;
    }

    /** The fault's message might hold what the command had in it, so only its kind and place are told. */
    private void reportFault(Throwable fault) {
        if (fault != null) {
            StackTraceElement[] trace = fault.getStackTrace();
            String place = fault.getClass().getName() + " at " + (trace.length == 0 ? "?" : trace[0]);
            LOG.error("{}: TPM_RC_FAILURE: {}", options.name(), place);
            options.observer().problem("TPM_RC_FAILURE: " + place);
        }
    }

    /**
     * Writes four UINT32 in the byte order of {@code out}: size and code of the largest command, size of the largest response
     * and the code of its command. Begins anew then.
     */
    public void takeCommandSizes(ByteBuffer out) {
        sizes.take(out);
    }

    /**
     * Power-cycles the TPM: it starts from the states that a client gave, else from those in the storage, else it is
     * manufactured.
     *
     * @param deleteVolatile whether a stored volatile state is removed once it has been taken
     * @return why it does not run now, if it does not
     */
    public ControlResult init(boolean deleteVolatile) {
        stop();
        try {
            Tpm started = states.start(condition, deleteVolatile);
            bufferSize = bufferSize.applyTo(started);
            established = started.established();
            profile = started.profile();
            pcrBanks = started.pcrBanks();
            tpm = started;
            options.observer().switchedOn();
            return ControlResult.SUCCESS;
        } catch (StateRefusedException e) {
            return failed(e, e.result());
        } catch (DamagedStateException e) {
            return failed(e, ControlResult.FAIL);
        } catch (IOException e) {
            return failed(e, ControlResult.IO_ERROR);
        }
    }

    private ControlResult failed(Exception reason, ControlResult result) {
        LOG.error("{}: the TPM cannot start: {}", options.name(), reason.getMessage());
        options.observer().problem("the TPM cannot start: " + reason.getMessage());
        return result;
    }

    /** Switches the TPM off, after the automatic TPM2_Shutdown unless that is disabled, or the TPM may go on elsewhere. */
    public void stop() {
        if (tpm != null && options.automaticShutdown() && states.locked() && tpm.needsShutdown()) {
            int code = send(TpmCc.SHUTDOWN, TPM_SU_STATE);
            if (code != 0 && code != TPM_RC_INITIALIZE) {
                send(TpmCc.SHUTDOWN, TPM_SU_CLEAR);
            }
        }
        powerOff();
    }

    /** Switches the TPM off as if it lost power (MSSIM POWER_OFF). */
    public void powerOff() {
        Tpm stopped = tpm;
        tpm = null;
        established = false;
        if (stopped != null) {
            stopped.close();
            options.observer().switchedOff();
        }
    }

    /** A client of the control channel is gone. If it has taken the TPM's states elsewhere, the TPM is off then. */
    void clientGone(Object client) {
        if (states.clientGone(client)) {
            powerOff();
        }
    }

    /** _TPM_Init without loss of power (MSSIM RESET). Does nothing while the TPM is stopped. */
    public void reset() {
        if (tpm != null) {
            tpm.powerOn();
            pcrBanks = tpm.pcrBanks();
        }
    }

    /** Sends TPM2_Startup or TPM2_Shutdown at locality 0, and gives the response code. */
    private int send(TpmCc code, int startupType) {
        TpmWriter command = new TpmWriter(12);
        command.u16(TPM_ST_NO_SESSIONS);
        command.u32(12);
        command.u32(code.value());
        command.u16(startupType);
        byte[] response = execute(0, command.array(), command.position()).array();
        return ByteBuffer.wrap(response).getInt(6);
    }

    /** _TPM_Hash_Start, which sets the established flag. The TPM must run. */
    public void hashStart() {
        tpm.hashStart();
        established = tpm.established();
    }

    /** _TPM_Hash_Data. The TPM must run. */
    public void hashData(byte[] data, int length) {
        tpm.hashData(data, 0, length);
    }

    /** _TPM_Hash_End. The TPM must run. */
    public void hashEnd() {
        tpm.hashEnd();
    }

    /** Clears the established flag, which only localities 3 and 4 may. The TPM must run. */
    public ControlResult resetEstablished(int requestLocality) {
        if (requestLocality < 3 || requestLocality > HIGHEST_LOCALITY) {
            return ControlResult.BAD_LOCALITY;
        }
        tpm.resetEstablished();
        established = tpm.established();
        return ControlResult.SUCCESS;
    }

    /** Asserts physical presence or takes it back. Does nothing while the TPM is stopped. */
    public void physicalPresence(boolean on) {
        if (tpm != null) {
            tpm.physicalPresence(on);
        }
    }

    /** Whether the countdown timer with this handle has run out. Not so while the TPM is stopped. */
    public boolean countdownSignaled(int handle) {
        return tpm != null && tpm.countdownSignaled(handle);
    }

    /** Lets the TPM write its storage or not. Does nothing while the TPM is stopped. */
    public void nvAvailable(boolean on) {
        if (tpm != null) {
            tpm.nvAvailable(on);
        }
    }

    /** Makes the TPM's next self-test fail. Does nothing while the TPM is stopped. */
    public void failNextSelfTest() {
        if (tpm != null) {
            tpm.failNextSelfTest();
        }
    }

    /** Sets the buffer size of a stopped TPM, in bytes, unsigned, brought into the bounds. */
    public void chooseBufferSize(int bytes) {
        bufferSize = bufferSize.choose(bytes);
    }
}
