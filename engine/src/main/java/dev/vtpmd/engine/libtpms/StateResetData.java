package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.hierarchy.Seed;
import dev.vtpmd.protocol.wire.Tpm2b;

/** STATE_RESET_DATA: what lasts until the next TPM Reset. Saved sessions are passed over: no other TPM can load them. */
record StateResetData(
        Tpm2b nullProof,
        Seed nullSeed,
        int clearCount,
        long objectContextId,
        Tpm2b commandAuditDigest,
        int restartCount,
        int pcrCounter) {
    private static final int MAGIC = 0x01102332;
    private static final int NEWEST = 4;
    private static final int WITH_LEVEL = 3;
    private static final int WITH_WIDE_SLOTS = 4;

    static StateResetData read(LibtpmsReader in) {
        int version = in.header("STATE_RESET_DATA", MAGIC, 2, NEWEST);
        Tpm2b nullProof = in.sized("proof of the null hierarchy", Seed.SIZE);
        Tpm2b nullSeed = in.sized("seed of the null hierarchy", Seed.SIZE);
        int clearCount = in.u32();
        long objectContextId = in.u64();
        boolean wide = version >= WITH_WIDE_SLOTS;
        in.skip(in.u16() * (wide ? Short.BYTES : 1) + (wide ? Short.BYTES : 0));
        in.skip(Long.BYTES);
        Tpm2b commandAuditDigest = in.sized();
        int restartCount = in.u32();
        int pcrCounter = in.u32();
        in.end();
        int[] level = new int[1];
        in.block(() -> level[0] = version >= WITH_LEVEL ? PersistentData.level(in) : 0);
        return new StateResetData(
                nullProof,
                new Seed(nullSeed, level[0]),
                clearCount,
                objectContextId,
                commandAuditDigest,
                restartCount,
                pcrCounter);
    }
}
