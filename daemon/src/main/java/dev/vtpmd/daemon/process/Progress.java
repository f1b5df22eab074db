package dev.vtpmd.daemon.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells once a second how far something is that takes long. What takes no second is not told of. */
public final class Progress implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private Progress(Consumer<String> listener, Callable<String> question) {
        thread = Thread.ofVirtual().start(() -> tell(listener, question));
    }

    /**
     * Tells {@code listener} until it is closed.
     *
     * @param question how far it is, in a line; empty if there is nothing to tell. Where it fails, no more is told
     */
    public static Progress to(Consumer<String> listener, Callable<String> question) {
        return new Progress(listener, question);
    }

    private void tell(Consumer<String> listener, Callable<String> question) {
        try {
            while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                String line = question.call();
                if (!line.isEmpty()) {
                    listener.accept(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
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
