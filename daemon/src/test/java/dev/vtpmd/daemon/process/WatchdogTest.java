package dev.vtpmd.daemon.process;

import dev.vtpmd.daemon.process.Watchdog.VitalPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
final class WatchdogTest {
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private NotifySocket received;
    private ServiceManager manager;

    @BeforeEach
    void receive() {
        String socket = directory.resolve("notify").toString();
        received = new NotifySocket(socket);
        manager = new ServiceManager(socket, Optional.of(INTERVAL));
    }

    @AfterEach
    void end() {
        stuck.countDown();
        threads.close();
        received.close();
    }

    private void getStuck() {
        threads.execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void theServiceManagerHearsOfALivingServiceMoreThanTwiceInEachInterval() throws InterruptedException {
        long start = System.nanoTime();
        try (Watchdog watchdog = Watchdog.start(manager, List.of(new VitalPart("threads", threads)))) {
            for (int i = 0; i < 12; i++) {
                assertThat(received.next(10)).isEqualTo("WATCHDOG=1");
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(INTERVAL.multipliedBy(5));
    }

    @Test
    void itHearsNothingWhileAPartIsStuckAndAgainAfterwards() throws InterruptedException {
        VitalPart other = new VitalPart("others", Runnable::run);
        getStuck();
        try (Watchdog watchdog = Watchdog.start(manager, List.of(other, new VitalPart("threads", threads)))) {
            assertThat(received.next(2)).isNull();
            stuck.countDown();
            assertThat(received.next(10)).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void aPartWithALongQueueIsAliveAsLongAsItCompletesTasks() throws InterruptedException {
        AtomicLong completed = new AtomicLong();
        getStuck();
        VitalPart busy = new VitalPart("threads", threads, completed::incrementAndGet);
        try (Watchdog watchdog = Watchdog.start(manager, List.of(busy))) {
            assertThat(received.next(10)).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void nobodyHearsOfAServiceWhoseManagerHasNoWatchdog() throws InterruptedException {
        ServiceManager other = new ServiceManager(directory.resolve("notify").toString());
        try (Watchdog watchdog = Watchdog.start(other, List.of(new VitalPart("threads", threads)))) {
            assertThat(received.next(1)).isNull();
        }
    }
}
