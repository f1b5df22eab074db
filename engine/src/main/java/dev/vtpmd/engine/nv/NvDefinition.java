package dev.vtpmd.engine.nv;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.nv.TpmsNvPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * The rules for a new NV index (Part 3, 31.3). Parameter 1 is the authValue, parameter 2 the public area. The order of the
 * checks is that of the TCG's reference code.
 */
public final class NvDefinition {
    private static final int NUMBER_SIZE = 8;

    private final TpmState tpm;
    private final int authHandle;
    private final TpmsNvPublic publicArea;
    private final TpmaNv attributes;

    /** A definition of {@code publicArea}, authorized by TPM_RH_OWNER or TPM_RH_PLATFORM. */
    public NvDefinition(TpmState tpm, int authHandle, TpmsNvPublic publicArea) {
        this.tpm = tpm;
        this.authHandle = authHandle;
        this.publicArea = publicArea;
        this.attributes = publicArea.attributes();
    }

    /** The new index with this authValue, or the {@link TpmException} that forbids it. */
    public NvIndex index(Tpm2b authValue) {
        int digestSize = publicArea.nameAlg().digestSize();
        Tpm2b auth = authValue.withoutTrailingZeros();
        int policySize = publicArea.authPolicy().size();
        if (policySize != 0 && policySize != digestSize) {
            throw TpmException.parameter(2, TpmRc.SIZE);
        }
        if (auth.size() > digestSize) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        if (authHandle == TpmRh.PLATFORM && !tpm.hierarchies().enabled(TpmRh.PLATFORM_NV)) {
            throw TpmException.handle(1, TpmRc.HIERARCHY);
        }
        checkType();
        checkAttributes();
        checkCreator();
        if (attributes.writeAll() && publicArea.dataSize() > NvMemory.LARGEST_TRANSFER) {
            throw TpmException.parameter(2, TpmRc.SIZE);
        }
        if (tpm.nv().find(publicArea.nvIndex()) != null) {
            throw TpmException.of(TpmRc.NV_DEFINED);
        }
        return new NvIndex(publicArea, auth, Tpm2b.zeros(publicArea.dataSize()));
    }

    private void checkType() {
        TpmNt type = attributes.type();
        if (type == null) {
            throw attributesError();
        }
        int size = publicArea.dataSize();
        boolean fits = switch (type) {
            case ORDINARY -> size <= NvMemory.LARGEST_INDEX;
            case EXTEND -> size == publicArea.nameAlg().digestSize();
            case COUNTER, BITS, PIN_FAIL, PIN_PASS -> size == NUMBER_SIZE;
        };
        if (!fits) {
            throw TpmException.parameter(2, TpmRc.SIZE);
        }
        boolean pin = type == TpmNt.PIN_FAIL || type == TpmNt.PIN_PASS;
        boolean pinForbids = attributes.authWrite() || attributes.globalLock() || attributes.writeDefine();
        boolean wrong = (type == TpmNt.COUNTER && attributes.clearStClear())
                || (type == TpmNt.PIN_FAIL && !attributes.noDa())
                || (pin && pinForbids);
        if (wrong) {
            throw attributesError();
        }
    }

    private void checkAttributes() {
        boolean stateGiven = attributes.written() || attributes.readLocked() || attributes.writeLocked();
        boolean readable =
                attributes.ppRead() || attributes.ownerRead() || attributes.authRead() || attributes.policyRead();
        boolean writable =
                attributes.ppWrite() || attributes.ownerWrite() || attributes.authWrite() || attributes.policyWrite();
        boolean contradiction = attributes.clearStClear() && attributes.writeDefine();
        if (stateGiven || !readable || !writable || contradiction) {
            throw attributesError();
        }
    }

    private void checkCreator() {
        boolean platform = authHandle == TpmRh.PLATFORM;
        if (attributes.platformCreate() != platform) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        if (attributes.policyDelete() && !platform) {
            throw attributesError();
        }
    }

    private static TpmException attributesError() {
        return TpmException.parameter(2, TpmRc.ATTRIBUTES);
    }
}
