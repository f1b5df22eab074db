package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.logging.Logging;
import dev.vtpmd.daemon.process.Debuggers;
import dev.vtpmd.daemon.process.ProcessName;
import dev.vtpmd.daemon.process.Reload;
import dev.vtpmd.daemon.process.ServiceManager;
import dev.vtpmd.daemon.process.Termination;
import dev.vtpmd.daemon.service.RunDirectory;
import dev.vtpmd.daemon.service.Service;
import dev.vtpmd.daemon.service.ServiceConfiguration;
import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** {@code vtpmd serve}. */
@Command(name = "serve", description = "Runs the service, which hosts all instances, until it is told to end.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/vtpmd",
            description = "where the states of the instances are kept (default: ${DEFAULT-VALUE})")
    private Path stateDirectory;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = RunDirectory.DEFAULT,
            description = "where the sockets are (default: ${DEFAULT-VALUE})")
    private Path runDirectory;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "host key that seals the states: 32 bytes, or 64 hexadecimal digits;"
                    + " without it, a key that the service makes and keeps in the state directory")
    private Path keyFile;

    @Option(
            names = "--key-source",
            paramLabel = "SOURCE",
            description = "where the host key comes from, if not from a file given with --key-file: " + KeySource.FORMS)
    private String keySource;

    @Option(
            names = "--migration-key",
            paramLabel = "SOURCE",
            description =
                    "a key that encrypts the states of TPMs on their way to another service, which must have the same:"
                            + " file:PATH, fd:NUMBER or credential:NAME (of systemd's) with 32 bytes or 64 hexadecimal digits")
    private String migrationKeySource;

    @Option(
            names = "--firmware-certificate",
            paramLabel = "FILE",
            description = "start TPMs only of machines whose firmware is signed with the key of this X.509 certificate;"
                    + " read anew at each start")
    private Path firmwareCertificate;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "also serve the metrics for Prometheus at http://127.0.0.1:PORT/metrics, for any user of this host")
    private Integer metricsPort;

    @Mixin
    private AccessOptions access;

    @Override
    public Integer call() throws HostKeyException, FirmwareException {
        if (keyFile != null && keySource != null) {
            throw new ParameterException(command.commandLine(), "--key-file and --key-source exclude each other");
        }
        ServiceConfiguration configuration;
        try {
            configuration = new ServiceConfiguration(
                    stateDirectory,
                    runDirectory,
                    hostKey(),
                    migrationKey(),
                    firmwareRules(),
                    access.clients(),
                    access.roles(),
                    access.auditLog(),
                    metrics());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        if (metricsPort != null && (metricsPort < 1 || metricsPort > 65_535)) {
            throw new ParameterException(command.commandLine(), "--metrics-port is 1 to 65535");
        }
        ProcessName.set("vtpmd");
        Debuggers.keepOut();
        ServiceManager manager = ServiceManager.ofEnvironment();
        Reload reload = Reload.bySignal(manager);
        String home = System.getProperty("vtpmd.home");
        if (home != null) {
            Path logging = Path.of(home, "conf", "logback.xml");
            Logging.configure(logging);
            reload.add("logging", () -> Logging.configureAgain(logging));
        }
        Termination termination = Termination.bySignals();
        int status = 0;
        try {
            new Service(configuration, manager, reload).run(termination);
        } catch (IOException | InterruptedException | RuntimeException e) {
            status = Vtpmd.failed(e, command.commandLine());
        }
        termination.exit(status);
        return status;
    }

    private FirmwareRules firmwareRules() throws FirmwareException {
        return firmwareCertificate == null
                ? FirmwareRules.withoutSignature()
                : FirmwareRules.signedWith(firmwareCertificate);
    }

    private OptionalInt metrics() {
        return metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
    }

    private Optional<SecretSource> migrationKey() throws HostKeyException {
        if (migrationKeySource == null) {
            return Optional.empty();
        }
        KeySource source = KeySource.parse(migrationKeySource, System.getenv());
        if (source.passphrase()) {
            throw new IllegalArgumentException("--migration-key wants a key, not a passphrase");
        }
        return Optional.of(source.secret());
    }

    private HostKeySource hostKey() throws HostKeyException {
        if (keySource != null) {
            return KeySource.parse(keySource, System.getenv()).hostKey();
        }
        return keyFile == null
                ? new HostKeySource.KeptBesideState()
                : new HostKeySource.GivenKey(new SecretSource.SecretFile(keyFile));
    }
}
