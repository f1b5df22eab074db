package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.command.LoadedTpm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestParmsTest {
    private static final int TEST_PARMS = 0x18A;

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void acceptsWhatTheTpmSupports() {
        assertThat(tpm.code(TEST_PARMS, "", "0001 0006 0080 0043 0010 0800 00000000"))
                .isZero();
        assertThat(tpm.code(TEST_PARMS, "", "0023 0010 0018 000B 0003 0010")).isZero();
        assertThat(tpm.code(TEST_PARMS, "", "0008 0010")).isZero();
        assertThat(tpm.code(TEST_PARMS, "", "0025 0006 0100 0043")).isZero();
    }

    @Test
    void refusesTheRest() {
        assertThat(tpm.code(TEST_PARMS, "", "0001 0010 0010 0600 00000000")).isEqualTo(0x1C4);
        assertThat(tpm.code(TEST_PARMS, "", "0023 0010 0010 0010 0010")).isEqualTo(0x1E6);
        assertThat(tpm.code(TEST_PARMS, "", "0004")).isEqualTo(0x1CA);
        assertThat(tpm.code(TEST_PARMS, "", "0008 0010 00")).isEqualTo(0x095);
    }
}
