package dev.vtpmd.engine.state;

import java.nio.ByteBuffer;

/**
 * Failure mode (Part 1, 12.2.3 and 12.5): the TPM has found that it does not work, and from then until the next _TPM_Init only
 * says so.
 */
public final class FailureMode {
    /** A self-test failed; its location is the identifier of the algorithm. */
    public static final int SELF_TEST = 4;

    /** The platform asked for a failure, to see what follows from one. */
    public static final int FORCED = 666;

    private static final int DIAGNOSIS_SIZE = Long.BYTES + Integer.BYTES;

    private boolean active;
    private long location;
    private int reason;

    /** Whether the TPM is in failure mode. */
    public boolean active() {
        return active;
    }

    /**
     * Enters failure mode. A second failure does not hide the first.
     *
     * @param newLocation where it was found
     * @param newReason what was found, such as {@link #SELF_TEST}
     */
    public void enter(long newLocation, int newReason) {
        if (!active) {
            active = true;
            location = newLocation;
            reason = newReason;
        }
    }

    /** What TPM2_GetTestResult tells of the failure: 8 bytes location and 4 bytes reason, big-endian; empty without one. */
    public byte[] diagnosis() {
        if (!active) {
            return new byte[0];
        }
        return ByteBuffer.allocate(DIAGNOSIS_SIZE)
                .putLong(location)
                .putInt(reason)
                .array();
    }
}
