package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The messages are those of sd_notify(3). */
final class ServiceManagerTest {
    @TempDir
    private Path directory;

    @Test
    void readinessAndTheEndAreTold() throws InterruptedException {
        String socket = directory.resolve("notify").toString();
        try (NotifySocket received = new NotifySocket(socket)) {
            ServiceManager manager = new ServiceManager(socket);

            manager.ready();
            manager.stopping();

            assertThat(received.next(10))
                    .isEqualTo("READY=1\nSTATUS=\nMAINPID="
                            + ProcessHandle.current().pid());
            assertThat(received.next(10)).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void aReloadIsToldWithTheMonotonicTime() throws InterruptedException {
        String socket = directory.resolve("notify").toString();
        try (NotifySocket received = new NotifySocket(socket)) {
            new ServiceManager(socket).reloading();

            assertThat(received.next(10)).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
        }
    }

    @Test
    void theWatchdogIsForTheProcessThatTheEnvironmentNames() {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711");

        assertThat(ServiceManager.of(environment, 4711).watchdog()).contains(Duration.ofSeconds(30));
        assertThat(ServiceManager.of(environment, 4712).watchdog()).isEmpty();
        assertThat(ServiceManager.of(Map.of("WATCHDOG_USEC", "30000000"), 4711).watchdog())
                .as("without a socket")
                .isEmpty();
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "soon"), 4711)
                        .watchdog())
                .isEmpty();
    }

    @Test
    void aSocketOutsideTheFileSystemIsReachedToo() throws InterruptedException {
        String name = "vtpmd-test-" + UUID.randomUUID();
        try (NotifySocket received = new NotifySocket("\0" + name)) {
            new ServiceManager("@" + name).stopping();

            assertThat(received.next(10)).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void aServiceManagerThatIsGoneDoesNoHarm() {
        new ServiceManager(null).ready();

        assertThatCode(new ServiceManager(directory.resolve("none").toString())::ready)
                .doesNotThrowAnyException();
    }
}
