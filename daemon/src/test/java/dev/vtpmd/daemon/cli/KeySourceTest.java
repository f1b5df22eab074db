package dev.vtpmd.daemon.cli;

import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.key.SecretSource.SecretDescriptor;
import dev.vtpmd.store.key.SecretSource.SecretFile;
import dev.vtpmd.store.key.SecretSource.SystemdCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class KeySourceTest {
    private static final Map<String, String> SYSTEMD =
            Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/vtpmd.service");

    @Test
    void eachKindGivesAKeyOrAPassphrase() throws HostKeyException {
        assertThat(parse("file:/etc/a:b")).isEqualTo(new KeySource(new SecretFile(Path.of("/etc/a:b")), false));
        assertThat(parse("fd:3")).isEqualTo(new KeySource(new SecretDescriptor(3), false));
        assertThat(parse("credential:key"))
                .isEqualTo(new KeySource(new SystemdCredential(Path.of("/run/credentials/vtpmd.service/key")), false));
        assertThat(parse("passphrase-file:word")).isEqualTo(new KeySource(new SecretFile(Path.of("word")), true));
        assertThat(parse("passphrase-fd:12")).isEqualTo(new KeySource(new SecretDescriptor(12), true));
        assertThat(parse("passphrase-credential:word").passphrase()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/key", "file:", "fd:0", "fd:2", "fd:x", "pipe:3", "credential:../x", "passphrase:x"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyGivenByMistakeIsNotShown() {
        assertThatThrownBy(() -> parse("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"))
                .hasMessageNotContaining("0123456789abcdef0123456789abcdef");
    }

    @Test
    void aCredentialNeedsSystemd() {
        assertThatThrownBy(() -> KeySource.parse("credential:key", Map.of()))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("CREDENTIALS_DIRECTORY");
    }

    private static KeySource parse(String text) throws HostKeyException {
        return KeySource.parse(text, SYSTEMD);
    }
}
