package dev.vtpmd.engine;

/** Where a TPM's randomness comes from. */
@FunctionalInterface
public interface Entropy {
    /** Fills {@code bytes} with random bytes of full entropy. */
    void fill(byte[] bytes);
}
