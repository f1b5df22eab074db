package dev.vtpmd.daemon.port;

/** Is told what clients ask of the process, rather than of the device. Called on an event loop: must not wait. */
public interface PortListener {
    /** A control client sent SHUTDOWN; the TPM has been stopped and the client has its answer. */
    void shutdownRequested();

    /** An MSSIM client sent STOP on the command port. */
    void stopRequested();

    /** A data connection ended. */
    void dataConnectionClosed();

    /** A control connection ended. */
    void controlConnectionClosed();

    /** A listener that does nothing: for a process that outlives its clients. */
    static PortListener ignoring() {
        return new PortListener() {
            @Override
            public void shutdownRequested() {}

            @Override
            public void stopRequested() {}

            @Override
            public void dataConnectionClosed() {}

            @Override
            public void controlConnectionClosed() {}
        };
    }
}
