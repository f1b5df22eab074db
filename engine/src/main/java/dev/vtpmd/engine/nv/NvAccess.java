package dev.vtpmd.engine.nv;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.TpmException;

/** Whether an authorization handle may read or write an NV index (Part 1, 37.2.6; Part 3, 31.1). */
public final class NvAccess {
    private NvAccess() {}

    /**
     * Checks that {@code authHandle} may read the index.
     *
     * @throws TpmException TPM_RC_NV_LOCKED, TPM_RC_NV_AUTHORIZATION or TPM_RC_NV_UNINITIALIZED
     */
    public static void checkRead(int authHandle, NvIndex index) {
        if (index.attributes().readLocked()) {
            throw TpmException.of(TpmRc.NV_LOCKED);
        }
        requireReader(authHandle, index);
        if (!index.attributes().written()) {
            throw TpmException.of(TpmRc.NV_UNINITIALIZED);
        }
    }

    /**
     * Checks that {@code authHandle} may write the index.
     *
     * @throws TpmException TPM_RC_NV_LOCKED or TPM_RC_NV_AUTHORIZATION
     */
    public static void checkWrite(int authHandle, NvIndex index) {
        if (index.attributes().writeLocked()) {
            throw TpmException.of(TpmRc.NV_LOCKED);
        }
        requireWriter(authHandle, index);
    }

    /** Throws TPM_RC_NV_AUTHORIZATION unless {@code authHandle} has the right to read. */
    public static void requireReader(int authHandle, NvIndex index) {
        require(
                authHandle,
                index,
                index.attributes().ownerRead(),
                index.attributes().ppRead());
    }

    /** Throws TPM_RC_NV_AUTHORIZATION unless {@code authHandle} has the right to write. */
    public static void requireWriter(int authHandle, NvIndex index) {
        require(
                authHandle,
                index,
                index.attributes().ownerWrite(),
                index.attributes().ppWrite());
    }

    /** The index's own authorization was checked with its attributes when the session was. */
    private static void require(int authHandle, NvIndex index, boolean owner, boolean platform) {
        boolean allowed = switch (authHandle) {
            case TpmRh.OWNER -> owner;
            case TpmRh.PLATFORM -> platform;
            default -> authHandle == index.handle();
        };
        if (!allowed) {
            throw TpmException.of(TpmRc.NV_AUTHORIZATION);
        }
    }
}
