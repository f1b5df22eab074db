package dev.vtpmd.daemon.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
final class ProgressTest {
    private final StringWriter out = new StringWriter();

    @Test
    void tellsWhatThereIsToTellUntilItIsOver() throws InterruptedException {
        Iterator<String> answers = List.of("", "3 of 10 instances").iterator();
        CountDownLatch asked = new CountDownLatch(2);
        try (Progress progress = Progress.of(new PrintWriter(out), () -> {
            asked.countDown();
            return answers.hasNext() ? answers.next() : "";
        })) {
            asked.await();
        }

        assertThat(out.toString()).isEqualTo("3 of 10 instances" + System.lineSeparator());
    }

    @Test
    void whatIsOverAtOnceIsNotAskedFor() {
        Progress.of(new PrintWriter(out), () -> "never").close();

        assertThat(out.toString()).isEmpty();
    }
}
