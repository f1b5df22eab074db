package dev.vtpmd.daemon.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Tells the service manager again and again that the service is alive, as long as all of its vital parts show it. When it
 * stops telling, the service manager ends the process and starts it anew.
 *
 * <p>That takes every virtual machine its TPM, so only what nobody can be served with counts: an event loop that does not
 * turn, or workers of which none comes to the end of anything. One worker that is stuck with one TPM is not that.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** In each interval there is time for one round that was late, and another one. */
    private static final int ROUNDS = 4;

    private final ServiceManager manager;
    private final List<VitalPart> parts;
    private final Thread thread;

    /**
     * Threads without which nobody is served.
     *
     * @param name for the log
     * @param threads must carry out a task that does nothing,
     * @param completed or else this number must change: what they have completed. A constant, if they have no long tasks
     */
    public record VitalPart(String name, Executor threads, LongSupplier completed) {
        /** Threads that have no long tasks. */
        public VitalPart(String name, Executor threads) {
            this(name, threads, () -> 0);
        }
    }

    private Watchdog(ServiceManager manager, Duration pause, List<VitalPart> parts) {
        this.manager = manager;
        this.parts = List.copyOf(parts);
        this.thread = new Thread(() -> watch(pause.toNanos()), "vtpmd-watchdog");
        this.thread.setDaemon(true);
    }

    /** Watches {@code parts} until it is closed, if {@code manager} wants that. */
    public static Watchdog start(ServiceManager manager, List<VitalPart> parts) {
        Watchdog watchdog =
                new Watchdog(manager, manager.watchdog().orElse(Duration.ZERO).dividedBy(ROUNDS), parts);
        if (manager.watchdog().isPresent()) {
            watchdog.thread.start();
        }
        return watchdog;
    }

    /** Stops telling. To be called before the vital parts end. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch(long pause) {
        List<Pulse> pulses = parts.stream().map(Pulse::new).toList();
        try {
            while (true) {
                long next = System.nanoTime() + pause;
                pulses.forEach(Pulse::ask);
                boolean alive = true;
                for (Pulse pulse : pulses) {
                    alive &= pulse.answered(next);
                }
                if (alive) {
                    manager.alive();
                }
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
        } catch (InterruptedException | RejectedExecutionException e) {
            // The service ends.
        }
    }

    /** What is known of one part. */
    private static final class Pulse {
        private final VitalPart part;
        private CompletableFuture<Void> task = CompletableFuture.completedFuture(null);
        private long completed;
        private boolean answered = true;

        Pulse(VitalPart part) {
            this.part = part;
            this.completed = part.completed().getAsLong();
        }

        void ask() {
            if (task.isDone()) {
                task = CompletableFuture.runAsync(() -> {}, part.threads());
            }
        }

        /** Whether the part has shown itself alive by the time {@code deadline}, of {@link System#nanoTime}. */
        boolean answered(long deadline) throws InterruptedException {
            boolean alive = done(Math.max(0, deadline - System.nanoTime()));
            long before = completed;
            completed = part.completed().getAsLong();
            boolean answers = alive || completed != before;
            if (answered && !answers) {
                LOG.warn("no sign of life from {}: the service manager will start the service anew", part.name());
            }
            answered = answers;
            return answers;
        }

        private boolean done(long nanoseconds) throws InterruptedException {
            try {
                task.get(nanoseconds, TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
