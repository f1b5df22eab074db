package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
final class ProgressTest {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void tellsWhatThereIsToTellUntilItIsOver() throws InterruptedException {
        Iterator<String> answers = List.of("", "3 of 10 instances").iterator();
        CountDownLatch asked = new CountDownLatch(2);
        try (Progress progress = Progress.to(told::add, () -> {
            asked.countDown();
            return answers.hasNext() ? answers.next() : "";
        })) {
            asked.await();
        }

        assertThat(told).containsExactly("3 of 10 instances");
    }

    @Test
    void whatIsOverAtOnceIsNotAskedFor() {
        Progress.to(told::add, () -> "never").close();

        assertThat(told).isEmpty();
    }
}
