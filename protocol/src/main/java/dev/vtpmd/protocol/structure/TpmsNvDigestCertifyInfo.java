package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_NV_DIGEST_CERTIFY_INFO: what TPM2_NV_Certify attests of a whole index (Part 2, 10.12.9).
 *
 * @param indexName Name of the NV index
 * @param nvDigest digest of all of its data with the hash algorithm of the signing key
 */
public record TpmsNvDigestCertifyInfo(Tpm2b indexName, Tpm2b nvDigest) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsNvDigestCertifyInfo read(TpmReader in) {
        return new TpmsNvDigestCertifyInfo(Tpm2bType.NAME.read(in), Tpm2bType.DIGEST.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        indexName.write(out);
        nvDigest.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_NV_DIGEST;
    }
}
