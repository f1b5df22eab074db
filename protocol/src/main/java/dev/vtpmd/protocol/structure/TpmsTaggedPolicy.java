package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_TAGGED_POLICY: the policy of a permanent handle (Part 2, 10.8.4).
 *
 * @param handle a permanent handle
 * @param policyHash the policy digest, or NULL
 */
public record TpmsTaggedPolicy(int handle, TpmtHa policyHash) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_HASH
     */
    public static TpmsTaggedPolicy read(TpmReader in) {
        return new TpmsTaggedPolicy(in.u32(), TpmtHa.readOrNull(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(handle);
        policyHash.write(out);
    }
}
