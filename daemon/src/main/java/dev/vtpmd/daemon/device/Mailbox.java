package dev.vtpmd.daemon.device;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order in which a device is used: its tasks run one at a time, first come, first served. A light task that finds nothing
 * else to do runs at once on the thread that brings it, which saves handing over to another thread and back, several times
 * what such a task takes. All others run on the workers that the host's devices share, so whoever brings a task never waits.
 */
public final class Mailbox {
    /** Tasks after which a worker turns to other devices. */
    private static final int TASKS_PER_TURN = 16;

    private final Executor workers;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Runnable turn = this::runSome;

    /** An empty mailbox whose tasks run on {@code workers}, which must take every task. */
    public Mailbox(Executor workers) {
        this.workers = workers;
    }

    /** Runs {@code task} after all that came before it, now if it may. */
    public void submit(Task task) {
        if (unfinished.compareAndSet(0, 1)) {
            if (task.light()) {
                runInline(task);
            } else {
                tasks.add(task);
                workers.execute(turn);
            }
        } else {
            tasks.add(task);
            if (unfinished.getAndIncrement() == 0) {
                workers.execute(turn);
            }
        }
    }

    private void runInline(Task task) {
        try {
            task.run();
        } finally {
            if (unfinished.decrementAndGet() > 0) {
                workers.execute(turn);
            }
        }
    }

    private void runSome() {
        boolean more = true;
        int ran = 0;
        try {
            while (more && ran < TASKS_PER_TURN) {
                ran++;
                try {
                    tasks.remove().run();
                } finally {
                    more = unfinished.decrementAndGet() > 0;
                }
            }
        } finally {
            if (more) {
                workers.execute(turn);
            }
        }
    }

    /** Something to do with a device. */
    @FunctionalInterface
    public interface Task {
        /** Does it. Must not throw, and must not wait for another task. */
        void run();

        /** Whether it takes microseconds only and never waits, asked when it is this task's turn. */
        default boolean light() {
            return false;
        }
    }
}
