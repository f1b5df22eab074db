package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.swtpm.ControlResult;

import java.io.IOException;

/** A state that is there but cannot be taken: damaged, foreign, or under another key. */
public final class StateRefusedException extends IOException {
    private final ControlResult result;

    /** Refused with {@code result} because of {@code reason}, one line without secrets. */
    public StateRefusedException(ControlResult result, String reason) {
        super(reason);
        this.result = result;
    }

    /** What a control client is answered. */
    public ControlResult result() {
        return result;
    }
}
