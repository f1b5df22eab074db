package dev.vtpmd.daemon.device;

import java.io.IOException;

/** What must hold before a TPM is switched on. */
@FunctionalInterface
public interface PowerCondition {
    /**
     * Checks it, in a task of the device's mailbox.
     *
     * @throws StateRefusedException if it does not hold, with the reason
     */
    void require() throws IOException;

    /** Nothing. */
    static PowerCondition none() {
        return () -> {};
    }
}
