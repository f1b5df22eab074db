package dev.vtpmd.daemon.capture;

import dev.vtpmd.daemon.device.DeviceObserver;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Optional;

/** Gives what a device does to a capture, while there is one. */
public final class CaptureSwitch implements DeviceObserver {
    private volatile Capture capture;

    /** Begins with {@code next}, or ends with empty, and gives back what there was until now. */
    public synchronized Optional<Capture> change(Optional<Capture> next) {
        Optional<Capture> before = Optional.ofNullable(capture);
        capture = next.orElse(null);
        return before;
    }

    /** The capture that there is, also one that has ended by itself. */
    public Optional<Capture> current() {
        return Optional.ofNullable(capture);
    }

    @Override
    public void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {
        Capture now = capture;
        if (now != null) {
            now.take(command, length, response.array(), response.position(), nanoseconds);
        }
    }
}
