package dev.vtpmd.store.key;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.LogCapture;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.key.HostKeySource.GivenKey;
import dev.vtpmd.store.key.HostKeySource.KeptBesideState;
import dev.vtpmd.store.key.HostKeySource.Passphrase;
import dev.vtpmd.store.key.SecretSource.SecretDescriptor;
import dev.vtpmd.store.key.SecretSource.SecretFile;
import dev.vtpmd.store.key.SecretSource.SystemdCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostKeySourceTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));

    @TempDir
    Path directory;

    @Test
    void readsAKeyFileRawAndInHexadecimal() throws IOException {
        assertThat(load(new GivenKey(file("raw", KEY)))).isEqualTo(KEY);
        assertThat(load(new GivenKey(file("hex", text("000102030405060708090a0b0c0d0e0f".repeat(2))))))
                .isEqualTo(KEY);
        assertThat(load(new GivenKey(file("line", text("000102030405060708090A0B0C0D0E0F".repeat(2) + "\n")))))
                .isEqualTo(KEY);
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        for (String content : new String[] {"short", "zz".repeat(32), "0".repeat(63), "00".repeat(33)}) {
            assertThatThrownBy(() -> load(new GivenKey(file("bad", text(content)))))
                    .isInstanceOf(HostKeyException.class)
                    .hasMessage(directory + "/bad: is no host key: 32 bytes or 64 hexadecimal digits are expected");
        }
        assertThatThrownBy(() -> load(new GivenKey(file("empty", new byte[0]))))
                .hasMessage(directory + "/empty: is empty");
        assertThatThrownBy(() -> load(new GivenKey(new SecretFile(directory.resolve("none")))))
                .hasMessage(directory + "/none: there is no such file");
    }

    @Test
    void refusesAKeyFileThatOthersCanRead() throws IOException {
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            SecretFile file = file("open", KEY);
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> load(new GivenKey(file)))
                    .isInstanceOf(HostKeyException.class)
                    .hasMessage(directory + "/open: is open to others than its owner (" + mode
                            + "); make it private with: chmod 600 " + directory + "/open");
        }
    }

    @Test
    void readsAKeyFromADescriptor() throws IOException {
        SecretFile file = file("raw", KEY);
        try (FileInputStream in = new FileInputStream(file.path().toFile())) {
            assertThat(load(new GivenKey(new SecretDescriptor(descriptorOf(file.path())))))
                    .isEqualTo(KEY);
            assertThat(in.available()).isEqualTo(32);
        }
        assertThatThrownBy(() -> load(new GivenKey(new SecretDescriptor(9999))))
                .hasMessage("/proc/self/fd/9999: this process has no descriptor 9999");
    }

    @Test
    void readsASystemdCredential() throws IOException {
        Files.write(directory.resolve("vtpmd.key"), KEY);
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", directory.toString());

        assertThat(load(new GivenKey(SystemdCredential.of(environment, "vtpmd.key"))))
                .isEqualTo(KEY);
        assertThatThrownBy(() -> load(new GivenKey(SystemdCredential.of(environment, "other"))))
                .hasMessage(directory + "/other: systemd has given this service no such credential");
        assertThatThrownBy(() -> SystemdCredential.of(Map.of(), "vtpmd.key")).isInstanceOf(HostKeyException.class);
    }

    /** Expected value: OpenSSL's Argon2id, by way of Python's cryptography package. */
    @Test
    void derivesAKeyFromAPassphraseWithArgon2id() throws IOException {
        byte[] salt = text("0123456789abcdef");
        PassphraseParameters parameters = new PassphraseParameters(64 << 10, 3, 4, salt);

        try (SealingKey key = parameters.derive(text("correct horse"))) {
            assertThat(key.export())
                    .isEqualTo(HexFormat.of()
                            .parseHex("2f56f5363a695288ff28810e46ad69a1fe3068bc6494cd26a8a673b7d9c2b0a2"));
        }
    }

    @Test
    void keepsTheParametersOfThePassphrase() throws IOException {
        Passphrase passphrase = new Passphrase(file("pass", text("correct horse\n")));
        Path state = directory.resolve("state");
        DiskStateStore.open(state, passphrase).close();
        assertThat(state.resolve("passphrase.0"))
                .content()
                .matches("\\$argon2id\\$v=19\\$m=65536,t=3,p=4\\$[A-Za-z0-9+/]{22}\n[0-9a-f]{8}\n");

        Files.write(state.resolve("passphrase.0"), text("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA\n0\n"));
        DiskStateStore.open(state, passphrase).close();

        assertThatThrownBy(() -> DiskStateStore.open(state, new Passphrase(file("other", text("wrong horse")))))
                .isInstanceOf(WrongKeyException.class);
        Files.delete(state.resolve("passphrase.1"));
        assertThatThrownBy(() -> DiskStateStore.open(state, passphrase))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(state + "/passphrase.0: is damaged: it does not hold intact Argon2id parameters");
    }

    @Test
    void warnsThatAKeyBesideTheStateProtectsLittle() throws IOException {
        try (LogCapture log = new LogCapture(HostKeySource.class)) {
            byte[] key = load(new KeptBesideState());
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("WARN " + directory + "/host.key: made a new");
            assertThat(load(new KeptBesideState())).isEqualTo(key);
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void neverShowsAKey() {
        try (SealingKey key = new SealingKey(KEY)) {
            assertThat(key.toString()).matches("key [0-9a-f]{16}").doesNotContain("0001020304");
        }
    }

    private byte[] load(HostKeySource source) throws IOException {
        try (SealingKey key = source.load(new DiskFiles(), directory, true)) {
            return key.export();
        }
    }

    private SecretFile file(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new SecretFile(file);
    }

    private static int descriptorOf(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .mapToInt(descriptor ->
                            Integer.parseInt(descriptor.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.US_ASCII);
    }
}
