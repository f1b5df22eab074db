package dev.vtpmd.engine.crypto;

import org.junit.jupiter.params.provider.Arguments;

import java.security.SecureRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

/** Both providers, for tests that hold for each of them. */
final class AsymmetricProviders {
    private AsymmetricProviders() {}

    static Stream<Arguments> all() {
        assertThat(CorrettoAsymmetricProvider.isAvailable())
                .as("Corretto's native library loads here")
                .isTrue();
        return Stream.of(new CorrettoAsymmetricProvider(), new JdkAsymmetricProvider())
                .map(provider -> Arguments.of(named(provider.name(), provider)));
    }

    static KeyMaterialSource random() {
        SecureRandom random = new SecureRandom();
        return count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        };
    }
}
