package dev.vtpmd.engine;

/** A stored state that this TPM cannot take: damaged, or of a version that it does not know. The message names what is wrong. */
public final class DamagedStateException extends Exception {
    /** A state that cannot be taken because of {@code reason}, a sentence without secrets. */
    public DamagedStateException(String reason) {
        super(reason);
    }
}
