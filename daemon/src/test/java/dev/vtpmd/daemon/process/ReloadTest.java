package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
final class ReloadTest {
    private final List<String> done = new ArrayList<>();

    @TempDir
    private Path directory;

    private NotifySocket received;
    private Reload reload;

    @BeforeEach
    void receive() {
        String socket = directory.resolve("notify").toString();
        received = new NotifySocket(socket);
        reload = new Reload(new ServiceManager(socket));
    }

    @AfterEach
    void end() {
        received.close();
    }

    @Test
    void whatFailsDoesNotKeepTheRestFromBeingReloaded() throws InterruptedException {
        reload.add("first", () -> {
            throw new IOException("no");
        });
        reload.add("second", () -> done.add("second"));
        reload.begin();

        reload.run();

        assertThat(done).containsExactly("second");
        assertThat(received.next(10)).startsWith("RELOADING=1\nMONOTONIC_USEC=");
        assertThat(received.next(10)).startsWith("READY=1\n");
    }

    @Test
    void nothingIsReloadedAndNoReadinessToldBeforeAndAfterTheService() throws InterruptedException {
        reload.add("first", () -> done.add("first"));

        reload.run();
        reload.begin();
        reload.end();
        reload.run();

        assertThat(done).isEmpty();
        assertThat(received.next(1)).isNull();
    }
}
