package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_NV_CERTIFY_INFO: what TPM2_NV_Certify attests (Part 2, 10.12.8).
 *
 * @param indexName Name of the NV index
 * @param offset first byte of its data that is certified
 * @param nvContents the data
 */
public record TpmsNvCertifyInfo(Tpm2b indexName, int offset, Tpm2b nvContents) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsNvCertifyInfo read(TpmReader in) {
        return new TpmsNvCertifyInfo(Tpm2bType.NAME.read(in), in.u16(), Tpm2bType.MAX_NV_BUFFER.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        indexName.write(out);
        out.u16(offset);
        nvContents.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_NV;
    }
}
