package dev.vtpmd.engine;

/** The host's clock, from which Time and Clock are made (Part 1, 36). */
@FunctionalInterface
public interface PlatformTimer {
    /** Milliseconds since any fixed moment; never goes backwards while the TPM is powered. */
    long milliseconds();
}
