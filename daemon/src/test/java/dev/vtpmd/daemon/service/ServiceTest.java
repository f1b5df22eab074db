package dev.vtpmd.daemon.service;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.CreateDocument;
import dev.vtpmd.daemon.process.Reload;
import dev.vtpmd.daemon.process.ServiceManager;
import dev.vtpmd.daemon.process.Termination;
import dev.vtpmd.store.DirectoryInUseException;
import dev.vtpmd.store.key.HostKeySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
final class ServiceTest {
    @TempDir
    private Path directory;

    private Service service(String run) {
        ServiceManager nobody = new ServiceManager(null);
        return new Service(
                new ServiceConfiguration(
                        directory.resolve("state"), directory.resolve(run), new HostKeySource.KeptBesideState()),
                nobody,
                new Reload(nobody));
    }

    /** Runs until {@code termination}; returns when the administration socket is there. */
    private CompletableFuture<Void> started(Service service, Termination termination)
            throws IOException, InterruptedException, ExecutionException {
        Path run = Files.createDirectories(directory.resolve("run"));
        try (WatchService watch = run.getFileSystem().newWatchService()) {
            run.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            CompletableFuture<Void> end = new CompletableFuture<>();
            Executors.newVirtualThreadPerTaskExecutor().execute(() -> {
                try {
                    service.run(termination);
                    end.complete(null);
                } catch (IOException | InterruptedException | RuntimeException | Error e) {
                    end.completeExceptionally(e);
                }
            });
            while (!Files.exists(RunDirectory.adminSocket(run))) {
                if (end.isDone()) {
                    end.get();
                }
                WatchKey changed = watch.poll(1, TimeUnit.SECONDS);
                if (changed != null) {
                    changed.pollEvents();
                    changed.reset();
                }
            }
            return end;
        }
    }

    @Test
    void whatWasCreatedIsThereInTheNextRun() throws Exception {
        AdminClient client = new AdminClient(RunDirectory.adminSocket(directory.resolve("run")));
        Termination first = new Termination();
        CompletableFuture<Void> firstEnd = started(service("run"), first);
        client.create(new CreateDocument("guest", null, null, null, null, null));
        first.request();
        firstEnd.get();

        Termination second = new Termination();
        CompletableFuture<Void> secondEnd = started(service("run"), second);

        assertThat(client.show("guest").state()).isEqualTo("off");
        second.request();
        secondEnd.get();
    }

    @Test
    void itsEndLeavesNeitherSocketsNorAPidFile() throws Exception {
        Termination termination = new Termination();
        CompletableFuture<Void> end = started(service("run"), termination);
        new AdminClient(RunDirectory.adminSocket(directory.resolve("run")))
                .create(new CreateDocument("guest", null, null, null, null, null));

        termination.request();
        end.get();

        try (Stream<Path> files = Files.list(directory.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("vtpmd.lock");
        }
    }

    @Test
    void twoServicesShareNeitherStateNorRunDirectory() throws Exception {
        Termination termination = new Termination();
        CompletableFuture<Void> end = started(service("run"), termination);

        assertThatThrownBy(() -> service("run").run(new Termination())).isInstanceOf(DirectoryInUseException.class);
        assertThatThrownBy(() -> service("other").run(new Termination())).isInstanceOf(DirectoryInUseException.class);

        termination.request();
        end.get();
    }
}
