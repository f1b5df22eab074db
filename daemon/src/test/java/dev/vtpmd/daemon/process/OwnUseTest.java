package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class OwnUseTest {
    @Test
    void knowsWhatTheProcessUses() throws IOException {
        assertThat(OwnUse.processorTime().toMillis()).isBetween(10L, 1_000_000_000L);
        assertThat(OwnUse.anonymousBytes()).isBetween(10L << 20, 100L << 30);
        assertThat(OwnUse.bytes()).isGreaterThan(OwnUse.anonymousBytes());
    }
}
