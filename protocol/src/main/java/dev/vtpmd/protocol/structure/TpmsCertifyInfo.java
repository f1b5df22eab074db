package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CERTIFY_INFO: what TPM2_Certify attests (Part 2, 10.12.3).
 *
 * @param name Name of the object
 * @param qualifiedName its Qualified Name
 */
public record TpmsCertifyInfo(Tpm2b name, Tpm2b qualifiedName) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsCertifyInfo read(TpmReader in) {
        return new TpmsCertifyInfo(Tpm2bType.NAME.read(in), Tpm2bType.NAME.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        name.write(out);
        qualifiedName.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_CERTIFY;
    }
}
