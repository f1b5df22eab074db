package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells on the standard error, once a second, how far something is that takes long. What takes no second gets no line. */
final class Progress implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    /** Asks how far it is. */
    @FunctionalInterface
    interface Question {
        /** Empty if there is nothing to tell. */
        String ask() throws AdminException;
    }

    private Progress(PrintWriter out, Question question) {
        thread = Thread.ofVirtual().start(() -> tell(out, question));
    }

    /** Tells {@code out} until it is closed. */
    static Progress of(PrintWriter out, Question question) {
        return new Progress(out, question);
    }

    private void tell(PrintWriter out, Question question) {
        try {
            while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                String line = question.ask();
                if (!line.isEmpty()) {
                    out.println(line);
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AdminException e) {
            // Whoever waits for the end of it is told.
        }
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
