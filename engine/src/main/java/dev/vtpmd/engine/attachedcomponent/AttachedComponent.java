package dev.vtpmd.engine.attachedcomponent;

import dev.vtpmd.protocol.attachedcomponent.TpmsAcOutput;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.List;

/**
 * A component that has a protected way to the TPM, such as an engine that encrypts a disk, and takes keys from it (Part 3, 32.1).
 * Whoever makes a TPM says what is attached to it; it stays so while the TPM is used.
 */
public interface AttachedComponent {
    /** The handle, 0x90000000 to 0x9000FFFF. */
    int handle();

    /** What TPM2_AC_GetCapability reports, each tag once. */
    List<TpmsAcOutput> capabilities();

    /**
     * Takes an object that TPM2_AC_Send sends. Called while the command is executed, so it has to end soon.
     *
     * @param publicArea the object's public area
     * @param sensitive the object's sensitive area, which must not become known outside of the component
     * @param data what came with the command for the component, at most 1024 bytes, not secret
     * @return what the command answers
     */
    TpmsAcOutput receive(TpmtPublic publicArea, TpmtSensitive sensitive, Tpm2b data);
}
