package dev.vtpmd.daemon.device;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MailboxTest {
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final Mailbox mailbox = new Mailbox(worker::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsALightTaskAtOnceWhenNothingElseIsToDo() {
        mailbox.submit(light(() -> done.add("light")));
        assertThat(done).containsExactly("light");
        assertThat(worker).isEmpty();
    }

    @Test
    void leavesAHeavyTaskToTheWorkers() {
        mailbox.submit(() -> done.add("heavy"));
        assertThat(done).isEmpty();
        work();
        assertThat(done).containsExactly("heavy");
    }

    @Test
    void keepsALightTaskBehindTheHeavyOneBeforeIt() {
        mailbox.submit(() -> done.add("heavy"));
        mailbox.submit(light(() -> done.add("light")));
        assertThat(done).isEmpty();
        work();
        assertThat(done).containsExactly("heavy", "light");
        mailbox.submit(light(() -> done.add("at once")));
        assertThat(done).endsWith("at once");
    }

    @Test
    void goesOnAfterATaskThatThrows() {
        assertThatThrownBy(() -> mailbox.submit(light(() -> {
                    throw new IllegalStateException("broken");
                })))
                .hasMessage("broken");
        mailbox.submit(light(() -> done.add("next")));
        assertThat(done).containsExactly("next");
    }

    @Test
    void givesOtherDevicesATurn() {
        for (int i = 0; i < 20; i++) {
            mailbox.submit(() -> done.add("task"));
        }
        worker.remove().run();
        assertThat(done).hasSizeLessThan(20);
        work();
        assertThat(done).hasSize(20);
    }

    @Test
    void runsOneTaskAtATimeInTheOrderOfEachSubmitter() throws Exception {
        int submitters = 4;
        int tasks = 2000;
        try (ExecutorService workers = Executors.newFixedThreadPool(2);
                ExecutorService threads = Executors.newFixedThreadPool(submitters)) {
            Mailbox shared = new Mailbox(workers);
            int[] last = new int[submitters];
            int[] inside = new int[1];
            List<String> faults = new ArrayList<>();
            CountDownLatch all = new CountDownLatch(submitters * tasks);
            for (int s = 0; s < submitters; s++) {
                int submitter = s;
                threads.execute(() -> {
                    for (int i = 1; i <= tasks; i++) {
                        int number = i;
                        Mailbox.Task task = () -> {
                            if (++inside[0] != 1 || number != last[submitter] + 1) {
                                faults.add(submitter + ": " + number);
                            }
                            last[submitter] = number;
                            inside[0]--;
                            all.countDown();
                        };
                        shared.submit(number % 3 == 0 ? task : light(task));
                    }
                });
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(faults).isEmpty();
        }
    }

    private void work() {
        while (!worker.isEmpty()) {
            worker.remove().run();
        }
    }

    private static Mailbox.Task light(Mailbox.Task task) {
        return new Mailbox.Task() {
            @Override
            public void run() {
                task.run();
            }

            @Override
            public boolean light() {
                return true;
            }
        };
    }
}
