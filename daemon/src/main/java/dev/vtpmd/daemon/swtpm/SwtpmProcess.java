package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.Release;
import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.DeviceObserver;
import dev.vtpmd.daemon.device.DeviceOptions;
import dev.vtpmd.daemon.device.StateHandover;
import dev.vtpmd.daemon.device.SwtpmStateBlobs;
import dev.vtpmd.daemon.device.TpmDescription;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.device.Workers;
import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.daemon.host.StateLock;
import dev.vtpmd.daemon.host.StoredDeviceState;
import dev.vtpmd.daemon.port.EventLoops;
import dev.vtpmd.daemon.port.InstancePorts;
import dev.vtpmd.daemon.port.PortListener;
import dev.vtpmd.daemon.process.IdleMemory;
import dev.vtpmd.daemon.process.PidFile;
import dev.vtpmd.daemon.process.ServiceManager;
import dev.vtpmd.daemon.process.Termination;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.swtpm.SwtpmDirectory;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Carries out {@link SwtpmOptions}. The order of what happens is swtpm's, since others watch it: the sockets are there before
 * any state is touched, the pid file when the sockets are, and a daemon's parent ends when the TPM is ready.
 */
final class SwtpmProcess {
    private static final int WORKERS = 2;

    private final SwtpmOptions options;
    private final Termination termination;

    SwtpmProcess(SwtpmOptions options, Termination termination) {
        this.options = options;
        this.termination = termination;
    }

    /** Does it all, up to the end of the process; {@code false} if the TPM did not start, and the log says why. */
    boolean run() throws UsageException, IOException, InterruptedException {
        switch (options.action()) {
            case SwtpmOptions.Action.Help help -> System.out.print(Help.TEXT);
            case SwtpmOptions.Action.Version version -> Swtpm.printVersion();
            case SwtpmOptions.Action.PrintCapabilities capabilities ->
                System.out.println(Capabilities.json(profile(), Release.version()));
            case SwtpmOptions.Action.PrintInfo info ->
                System.out.println(new TpmDescription(profile()).text(info.flags()));
            case SwtpmOptions.Action.PrintProfiles profiles ->
                System.out.print(new TpmDescription(profile()).text(TpmDescription.AVAILABLE_PROFILES));
            case SwtpmOptions.Action.PrintStates states ->
                System.out.print(StateListing.json(states(Optional.empty()).storedStates()));
            case SwtpmOptions.Action.Run run -> {
                options.log().open();
                requireTpm2();
                return serve();
            }
        }
        return true;
    }

    private AlgorithmProfile profile() {
        return options.profile().orElse(AlgorithmProfile.DEFAULT);
    }

    private void requireTpm2() throws UsageException {
        if (!options.tpm2()) {
            throw new UsageException("TPM 1.2 is not supported; start a TPM 2.0 with --tpm2");
        }
    }

    private boolean serve() throws UsageException, IOException, InterruptedException {
        if (options.control().isEmpty() && options.server().isEmpty()) {
            throw new UsageException("a control channel (--ctrl) or a data channel (--server, --port, --fd) is needed");
        }
        Optional<SwtpmKey> key = readKey(options.key());
        Optional<SwtpmKey> migrationKey = readKey(options.migrationKey());
        try (SwtpmDirectory states = states(key);
                ExecutorService workers = Workers.pool(WORKERS);
                EventLoops loops = new EventLoops(1)) {
            workers.execute(SwtpmProcess::loadCryptography);
            Device device = new Device(
                    new DeviceOptions(
                            "swtpm",
                            TpmModel.of(profile()),
                            options.profile().isPresent(),
                            options.flags().automaticShutdown(),
                            options.refuseLocality4(),
                            DeviceObserver.NONE),
                    new StoredDeviceState(
                            states,
                            options.state().orElseThrow().lock() ? new DirectoryStateLock(states) : StateLock.none()),
                    new SwtpmStateBlobs(key, migrationKey),
                    StateHandover.unrestricted(),
                    HostPlatform.entropy(),
                    HostPlatform.timer(),
                    workers);
            try (InstancePorts ports = new InstancePorts(device, options.ports(), new Clients(), loops)) {
                // QEMU connects as soon as it can, and takes a TPM for absent that has not answered within a second.
                loops.awaitReady();
                ports.start();
                return serve(device);
            } finally {
                device.close().join();
            }
        } finally {
            migrationKey.ifPresent(SwtpmKey::close);
        }
    }

    /** What a first TPM needs takes Java a while to load; it can be done before a client asks for that TPM. */
    private static void loadCryptography() {
        Arrays.fill(
                Tpm.manufacture(
                        AlgorithmProfile.DEFAULT,
                        TpmModel.of(AlgorithmProfile.DEFAULT).pcrBanks(),
                        HostPlatform.entropy()),
                (byte) 0);
    }

    private boolean serve(Device device) throws UsageException, IOException, InterruptedException {
        try (PidFile pidFile = writePid();
                IdleMemory memory = IdleMemory.watched()) {
            ControlResult result = device.start(options.flags().startup()).join();
            if (result != ControlResult.SUCCESS) {
                // The device has logged the reason; it is repeated only where that line goes elsewhere.
                if (options.log().equals(LogOption.DEFAULT)) {
                    return false;
                }
                throw new UsageException("the TPM cannot start from the state in "
                        + options.state().orElseThrow().directory() + "; the log has the reason");
            }
            ServiceManager serviceManager = ServiceManager.ofEnvironment();
            if (options.daemon()) {
                goToBackground();
            }
            serviceManager.ready();
            termination.await();
            serviceManager.stopping();
            return true;
        }
    }

    /** The launcher has put this process into the background already, and waits for this word on its standard output. */
    private static void goToBackground() {
        System.out.print("ready");
        System.out.flush();
        // Java puts /dev/null in place of the descriptors 1 and 2 when it is told to close them.
        System.out.close();
        System.err.close();
    }

    private PidFile writePid() throws IOException {
        if (options.pid().isEmpty()) {
            return null;
        }
        PidOption pid = options.pid().get();
        if (pid.file().isPresent()) {
            return new PidFile(pid.file().get());
        }
        PidFile.write(pid.descriptor().orElseThrow());
        return null;
    }

    private static Optional<SwtpmKey> readKey(Optional<KeyOption> option) throws UsageException {
        return option.isEmpty() ? Optional.empty() : Optional.of(option.get().read());
    }

    private SwtpmDirectory states(Optional<SwtpmKey> key) throws UsageException {
        StateOption state = options.state()
                .orElseThrow(() -> new UsageException("--tpmstate is needed, or TPM_PATH in the environment"));
        Path directory = state.directory();
        if (!Files.isDirectory(directory)) {
            throw new UsageException("--tpmstate: " + directory
                    + (Files.exists(directory) ? ": is not a directory" : ": there is no such directory"));
        }
        Optional<Set<PosixFilePermission>> mode =
                state.mode().stream().mapToObj(SwtpmProcess::permissions).findFirst();
        return new SwtpmDirectory(directory, key, mode);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            // Declared from the owner's read down to the others' execute: the bits from 0400 to 0001.
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** Ends the process when a client says so, or goes. */
    private final class Clients implements PortListener {
        @Override
        public void shutdownRequested() {
            termination.request();
        }

        @Override
        public void stopRequested() {
            termination.request();
        }

        @Override
        public void dataConnectionClosed() {
            if (options.terminate()) {
                termination.request();
            }
        }

        @Override
        public void controlConnectionClosed() {
            if (options.control().map(ChannelOption::terminate).orElse(false)) {
                termination.request();
            }
        }
    }
}
