package dev.vtpmd.engine;

import dev.vtpmd.engine.attachedcomponent.AttachedComponent;

import java.util.List;

/**
 * What a TPM needs of its surroundings.
 *
 * @param entropy randomness for seeds, nonces and keys
 * @param timer the host's clock
 * @param storage where the permanent state goes
 * @param attachedComponents what is attached to the TPM for TPM2_AC_Send
 */
public record TpmPlatform(
        Entropy entropy, PlatformTimer timer, PermanentStorage storage, List<AttachedComponent> attachedComponents) {
    /** Copies the list. */
    public TpmPlatform {
        attachedComponents = List.copyOf(attachedComponents);
    }

    /** Surroundings in which nothing is attached to the TPM, as in a virtual machine. */
    public TpmPlatform(Entropy entropy, PlatformTimer timer, PermanentStorage storage) {
        this(entropy, timer, storage, List.of());
    }
}
