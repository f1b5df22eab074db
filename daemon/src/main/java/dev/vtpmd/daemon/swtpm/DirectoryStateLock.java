package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.host.StateLock;
import dev.vtpmd.store.DirectoryInUseException;
import dev.vtpmd.store.swtpm.SwtpmDirectory;

import java.io.IOException;

/** The lock of a directory of states. */
record DirectoryStateLock(SwtpmDirectory states) implements StateLock {
    @Override
    public boolean lock() throws IOException {
        try {
            states.lock();
            return true;
        } catch (DirectoryInUseException e) {
            return false;
        }
    }

    @Override
    public void unlock() {
        states.unlock();
    }
}
