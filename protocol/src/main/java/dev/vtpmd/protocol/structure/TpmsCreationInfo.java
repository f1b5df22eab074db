package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CREATION_INFO: what TPM2_CertifyCreation attests (Part 2, 10.12.7).
 *
 * @param objectName Name of the object
 * @param creationHash digest of its creation data
 */
public record TpmsCreationInfo(Tpm2b objectName, Tpm2b creationHash) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsCreationInfo read(TpmReader in) {
        return new TpmsCreationInfo(Tpm2bType.NAME.read(in), Tpm2bType.DIGEST.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        objectName.write(out);
        creationHash.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_CREATION;
    }
}
