package dev.vtpmd.engine;

import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * One TPM 2.0. It executes commands one at a time, on whatever thread calls; its owner sees to it that no two calls overlap,
 * {@link #cancel} excepted.
 *
 * <p>After construction the TPM has no power. {@link #powerOn} is _TPM_Init (Part 3, 9.2); the first command must then be
 * TPM2_Startup, unless {@link #resume} has put back a volatile state.
 */
public final class Tpm implements AutoCloseable {
    private final TpmWriter response = new TpmWriter(4096);

    /**
     * A TPM with the given permanent state.
     *
     * @param permanentState what {@link #manufacture} or an earlier {@link PermanentStorage#commit} gave
     * @throws DamagedStateException if the state cannot be taken
     */
    public Tpm(byte[] permanentState, TpmPlatform platform) throws DamagedStateException {}

    /** The encoded permanent state of a new TPM with fresh seeds, and PCR banks as {@code profile} has them. */
    public static byte[] manufacture(AlgorithmProfile profile, Entropy entropy) {
        return new byte[0];
    }

    /** _TPM_Init: power is applied, or the TPM is reset (Part 3, 9.2). */
    public void powerOn() {}

    /**
     * Puts back a state from {@link #volatileState}: the TPM goes on where it was, without TPM2_Startup.
     *
     * @throws DamagedStateException if the state cannot be taken, or belongs to another permanent state
     */
    public void resume(byte[] volatileState) throws DamagedStateException {}

    /**
     * Executes one command. Whatever the bytes are, a well-formed response comes back; it never throws.
     *
     * @param locality 0 to 4, or an extended locality of 32 to 255
     * @return this TPM's response buffer with one response in it, valid until the next call
     */
    public TpmWriter execute(int locality, byte[] command, int offset, int length) {
        response.truncate(0);
        response.u16(0x8001);
        response.u32(10);
        response.u32(0x101);
        return response;
    }

    /** What kind of work the command in these bytes is; {@link CommandCost#LIGHT} for what is no command. */
    public CommandCost cost(byte[] command, int offset, int length) {
        return CommandCost.LIGHT;
    }

    /** _TPM_Hash_Start: begins an H-CRTM or D-RTM measurement (Part 3, 22.9), and sets the established flag. */
    public void hashStart() {}

    /** _TPM_Hash_Data: more of the measurement. */
    public void hashData(byte[] data, int offset, int length) {}

    /** _TPM_Hash_End: ends the measurement and extends PCR 17, or PCR 0 before Startup. */
    public void hashEnd() {}

    /** Asks the command that runs, if any, to end with TPM_RC_CANCELED. May be called from any thread. */
    public void cancel(boolean on) {}

    /** Whether the platform asserts physical presence. */
    public void physicalPresence(boolean on) {}

    /** Whether stable storage can be written; commands that need it answer TPM_RC_NV_UNAVAILABLE while it cannot. */
    public void nvAvailable(boolean on) {}

    /** The TPM_ACCESS_x.tpmEstablishment flag (PC Client Platform TPM Profile, 6.5.2.4): whether a D-RTM was measured. */
    public boolean established() {
        return false;
    }

    /** Clears the established flag. */
    public void resetEstablished() {}

    /**
     * Sets TPM_PT_MAX_COMMAND_SIZE and TPM_PT_MAX_RESPONSE_SIZE to {@code bytes}, brought into the range that the TPM
     * supports; 0 changes nothing.
     *
     * @return the size in force
     */
    public int bufferSize(int bytes) {
        return 4096;
    }

    /** The smallest size that {@link #bufferSize} gives, in bytes. */
    public int minimumBufferSize() {
        return 2688;
    }

    /** The largest size that {@link #bufferSize} gives, in bytes. */
    public int maximumBufferSize() {
        return 4096;
    }

    /** Whether a command other than TPM2_Shutdown has been executed since the last TPM2_Shutdown or _TPM_Init. */
    public boolean needsShutdown() {
        return false;
    }

    /** The encoded permanent state as it is now. */
    public byte[] permanentState() {
        return new byte[0];
    }

    /** The encoded volatile state as it is now: everything that {@link #resume} needs besides the permanent state. */
    public byte[] volatileState() {
        return new byte[0];
    }

    /** Overwrites the secrets in memory. The TPM must not be used any more. */
    @Override
    public void close() {}
}
