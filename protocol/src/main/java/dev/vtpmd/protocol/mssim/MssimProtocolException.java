package dev.vtpmd.protocol.mssim;

/** What a client sent is no signal; the protocol has no answer but the end of the connection. */
public final class MssimProtocolException extends Exception {
    private final transient boolean unknownSignal;

    /** {@code unknownSignal}: the code is none of this port, which the platform port answers with a UINT32 1. */
    public MssimProtocolException(boolean unknownSignal) {
        super(unknownSignal ? "unknown signal" : "payload too long", null, false, false);
        this.unknownSignal = unknownSignal;
    }

    /** Whether the code is none of this port. */
    public boolean unknownSignal() {
        return unknownSignal;
    }
}
