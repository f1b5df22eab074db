package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.attribute.TpmaLocality;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.creation.TpmsCreationData;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmtTkCreation;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * What TPM2_Create and TPM2_CreatePrimary say of the circumstances of a creation (Part 1, 27.8).
 *
 * @param creationData the circumstances
 * @param creationHash their digest with the object's nameAlg
 * @param creationTicket the TPM's word for them
 */
public record CreationEvidence(TpmsCreationData creationData, Tpm2b creationHash, TpmtTkCreation creationTicket) {
    /** What the evidence says of the parent: an object, or a hierarchy, whose name is its handle. */
    public record Parent(TpmiAlgHash nameAlg, Tpm2b name, Tpm2b qualifiedName, int hierarchy) {
        /** The parent of an ordinary object. */
        public static Parent of(TpmObject object) {
            return new Parent(object.nameAlg(), object.name(), object.qualifiedName(), object.hierarchy());
        }

        /** The parent of a primary object. */
        public static Parent ofHierarchy(int hierarchy) {
            Tpm2b name = Names.ofHandle(hierarchy);
            return new Parent(TpmiAlgHash.NULL, name, name, hierarchy);
        }
    }

    /** What the caller and the moment add to it. */
    public record Circumstances(int locality, TpmlPcrSelection creationPcr, Tpm2b outsideInfo) {}

    /** The evidence for a new object. */
    public static CreationEvidence of(
            TpmState tpm, Parent parent, Circumstances circumstances, TpmiAlgHash nameAlg, Tpm2b name) {
        TpmlPcrSelection selection = tpm.pcrs().onlyAllocated(circumstances.creationPcr());
        TpmsCreationData data = new TpmsCreationData(
                selection,
                Tpm2b.wrap(tpm.pcrs().composite(nameAlg, selection)),
                TpmaLocality.of(circumstances.locality()),
                parent.nameAlg(),
                parent.name(),
                parent.qualifiedName(),
                circumstances.outsideInfo());
        Tpm2b hash = Tpm2b.wrap(tpm.digests().digest(nameAlg, TpmWriter.toByteArray(data::write)));
        return new CreationEvidence(data, hash, tpm.tickets().creation(parent.hierarchy(), name, hash));
    }

    /** Writes creationData, creationHash and creationTicket, as they follow each other in responses. */
    public void write(TpmWriter out) {
        out.sized(creationData::write);
        creationHash.write(out);
        creationTicket.write(out);
    }
}
