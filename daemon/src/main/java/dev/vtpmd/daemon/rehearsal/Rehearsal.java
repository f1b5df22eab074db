package dev.vtpmd.daemon.rehearsal;

import dev.vtpmd.daemon.process.ProcessName;
import dev.vtpmd.daemon.process.Reload;
import dev.vtpmd.daemon.process.ServiceManager;
import dev.vtpmd.daemon.process.Termination;
import dev.vtpmd.daemon.service.RunDirectory;
import dev.vtpmd.daemon.service.Service;
import dev.vtpmd.daemon.service.ServiceConfiguration;
import dev.vtpmd.daemon.swtpm.Swtpm;
import dev.vtpmd.store.key.HostKeySource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs both programs in this process, and clients of them. */
public final class Rehearsal {
    private final Consumer<List<String>> commands;

    /** A rehearsal in which {@code commands} executes vtpmd's administration commands. */
    public Rehearsal(Consumer<List<String>> commands) {
        this.commands = commands;
    }

    /** Goes through everything; throws if something does not work. */
    public void run() throws IOException, InterruptedException {
        ProcessName.set("vtpmd");
        Path directory = Files.createTempDirectory("vtpmd-rehearsal");
        try {
            swtpm(directory);
            service(directory);
        } finally {
            delete(directory);
        }
    }

    private static void swtpm(Path directory) throws IOException, InterruptedException {
        Path state = Files.createDirectory(directory.resolve("swtpm"));
        Path control = directory.resolve("control");
        Path data = directory.resolve("data");
        List<String> arguments = List.of(
                "socket",
                "--tpm2",
                "--tpmstate=dir=" + state,
                "--ctrl=type=unixio,mode=0600,path=" + control,
                "--server=type=unixio,path=" + data,
                "--pid=file=" + directory.resolve("pid"),
                "--log=level=1,file=" + directory.resolve("log"),
                "--flags=not-need-init");
        CompletableFuture<Integer> program = CompletableFuture.supplyAsync(
                () -> Swtpm.run(arguments, Map.of(), new Termination()), Thread::startVirtualThread);
        try (TpmClient client = new TpmClient(data)) {
            client.guest();
        }
        try (ControlClient client = new ControlClient(control)) {
            client.lifetime();
        }
        if (program.join() != 0) {
            throw new IOException("swtpm did not end as it should");
        }
    }

    private void service(Path directory) throws IOException {
        Path run = directory.resolve("run");
        Termination termination = new Termination();
        ServiceManager nobody = new ServiceManager(null);
        Service service = new Service(
                new ServiceConfiguration(directory.resolve("state"), run, new HostKeySource.KeptBesideState()),
                nobody,
                new Reload(nobody));
        CompletableFuture<Void> running =
                CompletableFuture.runAsync(() -> run(service, termination), Thread::startVirtualThread);
        ClientSocket.awaitFile(RunDirectory.adminSocket(run));
        List<String> runDirectory = List.of("--run-dir", run.toString());
        for (List<String> command : List.of(
                List.of("create", "first"),
                List.of("create", "second", "--json"),
                List.of("list"),
                List.of("show", "first"),
                List.of("qemu-args", "first"),
                List.of("list", "--json"),
                List.of("destroy", "second"))) {
            commands.accept(
                    Stream.concat(command.stream(), runDirectory.stream()).toList());
        }
        try (ControlClient client = new ControlClient(run.resolve("first.sock"))) {
            client.lifetime();
        }
        termination.request();
        running.join();
    }

    private static void run(Service service, Termination termination) {
        try {
            service.run(termination);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
