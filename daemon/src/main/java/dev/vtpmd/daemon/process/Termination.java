package dev.vtpmd.daemon.process;

import java.util.concurrent.CountDownLatch;

/**
 * The end of a daemon: asked for by a client, or by SIGTERM or SIGINT, and then carried out by the thread that waits here.
 */
public final class Termination {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status;

    /** A termination that only {@link #request} asks for. */
    public Termination() {}

    /** A termination that signals ask for too, and after which the process has the {@link #exit} status. */
    public static Termination bySignals() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::signalled, "vtpmd-termination"));
        return termination;
    }

    /**
     * Java runs this on SIGTERM and SIGINT, and at exit. It would give a process that a signal ended the status 128 + signal;
     * a daemon that was told to end and did so in order has 0.
     */
    private void signalled() {
        request();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Asks for the end. From any thread; does not wait. */
    public void request() {
        requested.countDown();
    }

    /** Waits until somebody asks for the end. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Ends the process with {@code exitStatus}. To be called when everything is stopped. */
    public void exit(int exitStatus) {
        status = exitStatus;
        finished.countDown();
        System.exit(exitStatus);
    }
}
