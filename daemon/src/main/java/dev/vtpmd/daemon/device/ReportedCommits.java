package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.PermanentStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * A device's storage that tells the operator when it stops to take the permanent state, and when it takes it again. The guest
 * sees TPM_RC_NV_UNAVAILABLE in between, for each command that needs it; the log has one line for all of them.
 */
final class ReportedCommits implements PermanentStorage {
    private static final Logger LOG = LoggerFactory.getLogger(ReportedCommits.class);

    private final String device;
    private final DeviceStorage storage;
    private final DeviceObserver observer;
    private boolean failing;

    ReportedCommits(String device, DeviceStorage storage, DeviceObserver observer) {
        this.device = device;
        this.storage = storage;
        this.observer = observer;
    }

    @Override
    public void commit(byte[] state) throws IOException {
        long begun = System.nanoTime();
        try {
            storage.commitPermanent(state);
            observer.committed(state.length, System.nanoTime() - begun, true);
        } catch (IOException e) {
            observer.committed(state.length, System.nanoTime() - begun, false);
            observer.problem("its state cannot be stored: " + e.getMessage());
            if (!failing) {
                LOG.error(
                        "{}: its state cannot be stored, so commands that change it fail: {}", device, e.getMessage());
                failing = true;
            }
            throw e;
        }
        if (failing) {
            LOG.info("{}: its state can be stored again", device);
            failing = false;
        }
    }
}
