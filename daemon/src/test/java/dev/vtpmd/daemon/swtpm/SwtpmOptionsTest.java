package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.device.StartupMode;
import dev.vtpmd.daemon.port.Endpoint;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Command lines as the programs that start swtpm write them. */
final class SwtpmOptionsTest {
    private static SwtpmOptions parse(String... words) throws UsageException {
        return SwtpmOptions.parse(Arrays.asList(words), Map.of());
    }

    @Test
    void libvirt() throws UsageException {
        SwtpmOptions options = parse(
                "--ctrl",
                "type=unixio,path=/run/vm-swtpm.sock,mode=0600",
                "--tpmstate",
                "dir=/var/lib/swtpm/tpm2,mode=0600",
                "--log",
                "file=/var/log/vm-swtpm.log",
                "--terminate",
                "--tpm2",
                "--key",
                "pwdfd=21,mode=aes-256-cbc",
                "--migration-key",
                "pwdfd=22,mode=aes-256-cbc");

        assertThat(options.ports().control())
                .containsExactly(new Endpoint.Unix(
                        Path.of("/run/vm-swtpm.sock"), 0600, OptionalInt.empty(), OptionalInt.empty()));
        assertThat(options.ports().data()).isEmpty();
        assertThat(options.state())
                .contains(new StateOption(Path.of("/var/lib/swtpm/tpm2"), OptionalInt.of(0600), true));
        assertThat(options.terminate()).isTrue();
        assertThat(options.tpm2()).isTrue();
        assertThat(options.key())
                .contains(
                        new KeyOption("key", Path.of("/proc/self/fd/21"), KeyOption.Form.PASSPHRASE_PBKDF2, 32, false));
        assertThat(options.migrationKey()).map(KeyOption::file).contains(Path.of("/proc/self/fd/22"));
        assertThat(options.flags()).isEqualTo(new FlagsOption(StartupMode.NEED_INIT, true));
        assertThat(options.action()).isEqualTo(new SwtpmOptions.Action.Run());
    }

    @Test
    void proxmox() throws UsageException {
        SwtpmOptions options = parse(
                "--tpmstate",
                "backend-uri=dir:///srv/state,mode=0600",
                "--ctrl",
                "type=unixio,path=/var/run/qemu-server/100.swtpm,mode=0600",
                "--pid",
                "file=/var/run/qemu-server/100.swtpm.pid",
                "--terminate",
                "--daemon",
                "--log",
                "file=/run/qemu-server/100-swtpm.log,level=1,prefix=[id=1700000000] ",
                "--tpm2");

        assertThat(options.state()).map(StateOption::directory).contains(Path.of("/srv/state"));
        assertThat(options.daemon()).isTrue();
        assertThat(options.pid()).flatMap(PidOption::file).contains(Path.of("/var/run/qemu-server/100.swtpm.pid"));
        assertThat(options.log())
                .isEqualTo(new LogOption(
                        new LogOption.Target.File(Path.of("/run/qemu-server/100-swtpm.log")),
                        1,
                        "[id=1700000000] ",
                        false));
    }

    @Test
    void swtpmSetup() throws UsageException {
        SwtpmOptions options = parse(
                "--flags",
                "not-need-init,startup-clear",
                "--tpmstate",
                "backend-uri=dir:///srv/state,lock",
                "--pid",
                "file=/tmp/pid",
                "--tpm2",
                "--server",
                "type=tcp,fd=5",
                "--ctrl",
                "type=unixio,clientfd=7");

        assertThat(options.ports().data()).containsExactly(new Endpoint.Connected(5));
        assertThat(options.ports().control()).containsExactly(new Endpoint.Connected(7));
        assertThat(options.terminate()).as("a given connection implies it").isTrue();
        assertThat(options.flags().startup()).isEqualTo(StartupMode.STARTUP_CLEAR);
    }

    @Test
    void testsOfTpm2Tools() throws UsageException {
        SwtpmOptions options = parse(
                "--tpm2",
                "--server",
                "port=2321",
                "--ctrl",
                "type=tcp,port=2322",
                "--flags",
                "not-need-init",
                "--tpmstate",
                "dir=/tmp/a");

        assertThat(options.ports().data()).containsExactly(Endpoint.Tcp.loopback(2321));
        assertThat(options.ports().control()).containsExactly(Endpoint.Tcp.loopback(2322));
        assertThat(options.ports().disconnectAfterResponse()).isFalse();
        assertThat(options.terminate()).isFalse();
        assertThat(options.flags().startup()).isEqualTo(StartupMode.INIT);
    }

    @Test
    void testsOfTpm2Tss() throws UsageException {
        SwtpmOptions options = parse(
                "--tpm2",
                "-p",
                "2321",
                "--ctrl",
                "type=tcp,port=2322",
                "--log",
                "fd=1,level=5",
                "--flags",
                "not-need-init",
                "--tpmstate",
                "dir=/tmp/a",
                "--locality",
                "allow-set-locality");

        assertThat(options.ports().data()).containsExactly(Endpoint.Tcp.loopback(2321));
        assertThat(options.ports().disconnectAfterResponse()).isTrue();
        assertThat(options.log().target()).isEqualTo(new LogOption.Target.Descriptor(1));
        assertThat(options.refuseLocality4()).isFalse();
    }

    @Test
    void theEnvironmentNamesStateAndPort() throws UsageException {
        SwtpmOptions options = SwtpmOptions.parse(
                List.of("--tpm2", "--server", "type=tcp"), Map.of("TPM_PATH", "/srv/state", "TPM_PORT", "4000"));

        assertThat(options.state()).map(StateOption::directory).contains(Path.of("/srv/state"));
        assertThat(options.ports().data()).containsExactly(Endpoint.Tcp.loopback(4000));
    }

    @Test
    void ofAnOptionGivenTwiceTheLastCounts() throws UsageException {
        assertThat(parse("--tpmstate", "dir=/a", "--tpmstate", "dir=/b").state())
                .map(StateOption::directory)
                .isEqualTo(Optional.of(Path.of("/b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startup-none                 | NEED_INIT",
                "not-need-init,startup-none   | INIT",
                "startup-state                | STARTUP_STATE",
                "startup-state,startup-clear  | STARTUP_CLEAR"
            })
    void flags(String flags, StartupMode startup) throws UsageException {
        assertThat(parse("--flags", flags).flags().startup()).isEqualTo(startup);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ctrl      | path=/a                   | --ctrl: type=unixio or type=tcp is needed",
                "--ctrl      | type=unixio               | --ctrl: a path or a fd is needed",
                "--ctrl      | type=tcp                  | --ctrl: a port or a fd is needed",
                "--ctrl      | type=unixio,fd=2          | --ctrl: fd=2 is not a socket to be inherited",
                "--server    | type=tcp,port=65536       | --server: '65536' is not possible for port",
                "--server    | type=tcp,port=0           | --server: port 0 cannot be used",
                "--tpmstate  | backend-uri=file:///a     | --tpmstate: backend-uri 'file:///a' is not supported; use dir://DIRECTORY",
                "--tpmstate  | mode=0600                 | --tpmstate: dir or backend-uri is needed",
                "--pid       | fle=/a                    | --pid: unknown option 'fle'",
                "--key       | mode=aes-256-cbc          | --key: one of file, fd, pwdfile and pwdfd is needed",
                "--key       | file=/a,mode=des          | --key: 'des' is not possible for mode",
                "--flags     | startup-deactivated       | --flags: startup-deactivated is for TPM 1.2, which is not supported",
                "--profile   | name=custom               | --profile: there is no profile 'custom'; the profiles are default, full, libtpms",
                "--profile   | profile={\"Name\":\"full\"}   | --profile: 'profile' is not supported; a profile is chosen by name=...",
                "--profile   | name=full,remove-disabled=check | --profile: 'remove-disabled' is not supported; a profile is chosen by name=..."
            })
    void mistakesAreNamed(String option, String value, String message) {
        assertThatThrownBy(() -> parse(option, value))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void aProfileGoesByName() throws UsageException {
        assertThat(parse("--profile", "name=full").profile())
                .map(AlgorithmProfile::name)
                .contains("full");
        assertThat(parse().profile()).isEmpty();
    }
}
