package dev.vtpmd.engine;

import java.io.IOException;

/** Where a TPM's permanent state goes. */
@FunctionalInterface
public interface PermanentStorage {
    /**
     * Stores {@code state}, a whole encoded permanent state, in place of the one before. It is on stable storage when this
     * returns; when this throws, the one before still is. The callee keeps no reference to the array.
     */
    void commit(byte[] state) throws IOException;
}
