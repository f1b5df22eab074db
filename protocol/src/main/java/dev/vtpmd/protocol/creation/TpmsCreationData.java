package dev.vtpmd.protocol.creation;

import dev.vtpmd.protocol.attribute.TpmaLocality;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CREATION_DATA: the circumstances in which an object was created (Part 2, 15.1).
 *
 * @param pcrSelect which PCRs
 * @param pcrDigest digest of their values with the nameAlg of the object
 * @param locality the locality of the command
 * @param parentNameAlg nameAlg of the parent; NULL if that is a hierarchy
 * @param parentName Name of the parent
 * @param parentQualifiedName its Qualified Name
 * @param outsideInfo what the creator wants included
 */
public record TpmsCreationData(
        TpmlPcrSelection pcrSelect,
        Tpm2b pcrDigest,
        TpmaLocality locality,
        TpmiAlgHash parentNameAlg,
        Tpm2b parentName,
        Tpm2b parentQualifiedName,
        Tpm2b outsideInfo) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE, TPM_RC_HASH, TPM_RC_VALUE
     */
    public static TpmsCreationData read(TpmReader in) {
        return new TpmsCreationData(
                TpmlPcrSelection.read(in),
                Tpm2bType.DIGEST.read(in),
                TpmaLocality.read(in),
                TpmiAlgHash.readOrNull(in),
                Tpm2bType.NAME.read(in),
                Tpm2bType.NAME.read(in),
                Tpm2bType.DATA.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        pcrSelect.write(out);
        pcrDigest.write(out);
        locality.write(out);
        parentNameAlg.write(out);
        parentName.write(out);
        parentQualifiedName.write(out);
        outsideInfo.write(out);
    }
}
