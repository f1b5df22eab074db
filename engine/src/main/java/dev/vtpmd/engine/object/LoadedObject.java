package dev.vtpmd.engine.object;

import dev.vtpmd.protocol.wire.Tpm2b;

/** What a transient handle can refer to: a key or data object, or a sequence (Part 1, 15.4.4 and 32.4). */
public sealed interface LoadedObject permits TpmObject, SequenceObject {
    /** The authValue, without zeros at its end; empty if there is none. */
    Tpm2b authValue();

    /** The Name: algorithm and digest; empty for a sequence, and for an object without nameAlg. */
    Tpm2b name();

    /** The hierarchy that the object belongs to: TPM_RH_OWNER, _ENDORSEMENT, _PLATFORM or _NULL. */
    int hierarchy();

    /** Overwrites what is secret. */
    void wipe();
}
