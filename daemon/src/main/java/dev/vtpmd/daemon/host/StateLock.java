package dev.vtpmd.daemon.host;

import java.io.IOException;

/** What keeps other processes off the states of one device. */
public interface StateLock {
    /** Takes the lock, or finds it taken by this process already; {@code false} if another process has it. */
    boolean lock() throws IOException;

    /** Gives up the lock. */
    void unlock() throws IOException;

    /** The lock of states that this process holds in another way, or not at all. */
    static StateLock none() {
        return new StateLock() {
            @Override
            public boolean lock() {
                return true;
            }

            @Override
            public void unlock() {}
        };
    }
}
