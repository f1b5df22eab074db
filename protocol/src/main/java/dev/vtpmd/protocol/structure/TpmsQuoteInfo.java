package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_QUOTE_INFO: what TPM2_Quote attests (Part 2, 10.12.4).
 *
 * @param pcrSelect which PCRs
 * @param pcrDigest digest of their values with the hash algorithm of the signing key
 */
public record TpmsQuoteInfo(TpmlPcrSelection pcrSelect, Tpm2b pcrDigest) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE, TPM_RC_HASH, TPM_RC_VALUE
     */
    public static TpmsQuoteInfo read(TpmReader in) {
        return new TpmsQuoteInfo(TpmlPcrSelection.read(in), Tpm2bType.DIGEST.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        pcrSelect.write(out);
        pcrDigest.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_QUOTE;
    }
}
