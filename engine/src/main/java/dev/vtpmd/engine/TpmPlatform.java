package dev.vtpmd.engine;

/**
 * What a TPM needs of its surroundings.
 *
 * @param entropy randomness for seeds, nonces and keys
 * @param timer the host's clock
 * @param storage where the permanent state goes
 */
public record TpmPlatform(Entropy entropy, PlatformTimer timer, PermanentStorage storage) {}
