package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.provision.Blueprint;
import dev.vtpmd.daemon.provision.Provisioner;
import dev.vtpmd.daemon.provision.Provisions;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.record.RecordFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class InstancesTest {
    @TempDir
    private Path directory;

    private Path run;
    private DiskStateStore store;
    private InstanceHost host;
    private Instances instances;

    @BeforeEach
    void start() throws IOException {
        run = Files.createDirectories(directory.resolve("run"));
        store = DiskStateStore.open(directory.resolve("state"), new HostKeySource.KeptBesideState());
        host = InstanceHost.start(run);
        instances = new Instances(store, host);
        instances.start();
    }

    @AfterEach
    void stop() {
        instances.close();
        host.close();
        store.close();
    }

    private static InstanceConfiguration named(String name) {
        return new InstanceConfiguration(UUID.randomUUID(), name, OptionalInt.empty(), OptionalInt.empty());
    }

    private static InstanceConfiguration onTcp(String name, int port) {
        return new InstanceConfiguration(UUID.randomUUID(), name, OptionalInt.empty(), OptionalInt.of(port));
    }

    private Reason refusal(InstanceConfiguration configuration) {
        return catchThrowableOfType(
                        InstanceException.class,
                        () -> instances.create(configuration, NewTpm.unprovisioned(TpmModel.DEFAULT)))
                .reason();
    }

    @Test
    void aNewInstanceHasItsControlSocket() throws InstanceException {
        InstanceStatus status = instances.create(named("guest"), NewTpm.unprovisioned(TpmModel.DEFAULT));

        assertThat(status.controlSocket()).contains(run.resolve("guest.sock"));
        assertThat(run.resolve("guest.sock")).exists();
        assertThat(status.powered()).as("QEMU switches it on").isFalse();
        assertThat(instances.list()).containsExactly(status);
    }

    @Test
    void instancesAreBackAfterARestart() throws IOException, InstanceException {
        InstanceStatus status = instances.create(named("guest"), NewTpm.unprovisioned(TpmModel.DEFAULT));
        stop();
        assertThat(run.resolve("guest.sock")).doesNotExist();

        start();

        assertThat(instances.find("guest")).isEqualTo(status);
        assertThat(instances.find(status.uuid().toString())).isEqualTo(status);
        assertThat(run.resolve("guest.sock")).exists();
    }

    @Test
    void aTpmKeepsItsProfileOverARestart() throws IOException, InstanceException {
        instances.create(named("guest"), NewTpm.unprovisioned(TpmModel.named("full", null)));
        assertThat(instances.find("guest").profile()).contains("full");
        stop();

        start();

        assertThat(instances.find("guest").profile()).contains("full");
    }

    @Test
    void aDestroyedInstanceLeavesNothing() throws IOException, InstanceException {
        UUID uuid = instances
                .create(named("guest"), NewTpm.unprovisioned(TpmModel.DEFAULT))
                .uuid();

        instances.destroy("guest");

        assertThat(instances.list()).isEmpty();
        assertThat(run).isEmptyDirectory();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files).noneMatch(file -> file.toString().contains(uuid.toString()));
        }
    }

    @Test
    void namesUuidsAndPortsAreGivenOnce() throws InstanceException, IOException {
        int port = freePorts();
        InstanceConfiguration first = onTcp("first", port);
        instances.create(first, NewTpm.unprovisioned(TpmModel.DEFAULT));

        assertThat(refusal(named("first"))).isEqualTo(Reason.TAKEN);
        assertThat(refusal(new InstanceConfiguration(first.uuid(), "second", OptionalInt.empty(), OptionalInt.empty())))
                .isEqualTo(Reason.TAKEN);
        assertThat(refusal(onTcp("second", port + 1))).isEqualTo(Reason.TAKEN);
        assertThat(refusal(named(first.uuid().toString()))).isEqualTo(Reason.TAKEN);
        assertThat(instances.list()).hasSize(1);
        UUID own = UUID.randomUUID();
        instances.create(
                new InstanceConfiguration(own, own.toString(), OptionalInt.empty(), OptionalInt.empty()),
                NewTpm.unprovisioned(TpmModel.DEFAULT));
    }

    @Test
    void ofAnInstanceWhosePortIsInUseThereIsNothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(refusal(onTcp("guest", taken.getLocalPort()))).isEqualTo(Reason.TAKEN);
        }

        assertThat(instances.list()).isEmpty();
        assertThat(store.list()).isEmpty();
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void aPortInUseAtTheStartIsAProblemOfThatInstanceOnly() throws IOException, InstanceException {
        int port = freePorts();
        UUID uuid = instances
                .create(onTcp("busy", port), NewTpm.unprovisioned(TpmModel.DEFAULT))
                .uuid();
        instances.create(named("other"), NewTpm.unprovisioned(TpmModel.DEFAULT));
        stop();

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            start();
        }

        assertThat(instances.find("other").problem()).isEmpty();
        assertThat(instances.find("busy").problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("127.0.0.1:" + port));
        assertThat(run.resolve("busy.sock")).doesNotExist();
        assertThat(instances.find(uuid.toString().toUpperCase(Locale.ROOT))).isEqualTo(instances.find("busy"));
        assertThat(instances.progress()).isEqualTo("2 of 2 instances are back");
    }

    @Test
    void badNamesAreRefused() {
        assertThat(refusal(named("../escape"))).isEqualTo(Reason.INVALID);
        assertThat(refusal(named(""))).isEqualTo(Reason.INVALID);
        assertThat(refusal(named("-option"))).isEqualTo(Reason.INVALID);
    }

    @Test
    void whatIsNotThereIsUnknown() {
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.find("nobody"))
                        .reason())
                .isEqualTo(Reason.UNKNOWN);
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.destroy("nobody"))
                        .reason())
                .isEqualTo(Reason.UNKNOWN);
    }

    /** A port that is free, and the next one too. */
    private static int freePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return second.getLocalPort() - 1;
            } catch (java.net.BindException | IllegalArgumentException e) {
                // The next one is not free, or there is none.
            }
        }
    }

    @Test
    void aTpmThatCannotBeMadeLeavesNothing() throws IOException {
        InstanceException failure = catchThrowableOfType(
                InstanceException.class,
                () -> instances.create(named("guest"), () -> {
                    throw new IOException("no key");
                }));

        assertThat(failure).hasMessage("guest: cannot be created: no key");
        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(instances.list()).isEmpty();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void anInstanceIsStoredOnceAndWhole() throws Exception {
        UUID machine = UUID.randomUUID();
        Blueprint blueprint = new Blueprint(TpmModel.DEFAULT, Provisions.DEFAULT);
        InstanceConfiguration configuration = new InstanceConfiguration(
                machine,
                "guest",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Permissions.NONE,
                Optional.empty(),
                Clients.NONE,
                Optional.of(blueprint));
        try (Provisioner provisioner = new Provisioner(new LocalAuthority(store))) {
            instances.create(configuration, () -> {
                byte[] state = provisioner.manufacture(machine, blueprint);
                assertThat(store.list()).as("instances while the TPM is made").isEmpty();
                return state;
            });
        }

        // The generation after creation: nothing was committed since.
        Path permanent =
                directory.resolve("state/instances").resolve(machine.toString()).resolve("permanent.0");
        assertThat(RecordFile.read(new DiskFiles(), permanent).generation()).isEqualTo(2);
        assertThat(instances.publicParts("guest").objects()).containsOnlyKeys(0x81010001, 0x81010016);
        assertThat(instances.find("guest").configuration().orElseThrow().blueprint())
                .contains(blueprint);
    }

    @Test
    void aNameIsTakenWhileItsTpmIsMade() throws InstanceException {
        InstanceConfiguration first = named("guest");
        instances.create(first, () -> {
            assertThat(refusal(named("guest"))).isEqualTo(Reason.TAKEN);
            return NewTpm.unprovisioned(TpmModel.DEFAULT).permanentState();
        });

        assertThat(instances.list()).extracting(InstanceStatus::uuid).containsExactly(first.uuid());
    }
}
