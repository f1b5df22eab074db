package dev.vtpmd.engine.state;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Map;
import java.util.TreeMap;

/**
 * What everybody could read of a TPM who may send commands to it: TPM2_ReadPublic of its persistent objects, and TPM2_NV_Read of the
 * indices that have AUTHREAD and no authorization value.
 *
 * @param objects public areas of the persistent objects, by handle
 * @param indices data of the ordinary indices that can be read so and were written, by handle
 */
public record PublicParts(Map<Integer, TpmtPublic> objects, Map<Integer, byte[]> indices) {
    /**
     * Reads a permanent state.
     *
     * @throws DamagedStateException if it cannot be read
     */
    public static PublicParts of(byte[] permanentState) throws DamagedStateException {
        TpmState tpm = new TpmState(
                Tpm.profileOf(permanentState), new Platform(), AsymmetricProvider.fastest(), bytes -> {}, () -> 0);
        try {
            StateEncoding.restorePermanent(tpm, permanentState);
            Map<Integer, TpmtPublic> objects = new TreeMap<>();
            for (int handle : tpm.objects().persistentHandles()) {
                objects.put(handle, copyOf(tpm.objects().persistentObject(handle), tpm));
            }
            Map<Integer, byte[]> indices = new TreeMap<>();
            for (NvIndex index : tpm.nv().all()) {
                if (open(index)) {
                    indices.put(index.handle(), index.data().toByteArray());
                }
            }
            return new PublicParts(objects, indices);
        } finally {
            tpm.wipe();
        }
    }

    /** A copy, since the state is overwritten. */
    private static TpmtPublic copyOf(TpmObject object, TpmState tpm) {
        byte[] encoded = TpmWriter.toByteArray(object.publicArea()::write);
        return TpmtPublic.readAllowingNullName(new TpmReader(encoded, tpm.profile()));
    }

    private static boolean open(NvIndex index) {
        TpmaNv attributes = index.attributes();
        return index.type() == TpmNt.ORDINARY
                && attributes.written()
                && attributes.authRead()
                && !attributes.readLocked()
                && index.authValue().isEmpty();
    }
}
