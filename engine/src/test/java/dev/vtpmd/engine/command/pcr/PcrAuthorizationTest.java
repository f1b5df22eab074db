package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_PCR_SetAuthPolicy and TPM2_PCR_SetAuthValue. No PCR of a PC Client TPM can be given either (PC Client Platform TPM
 * Profile, 4.2 and 4.7), so what is left are the codes, of libtpms 0.10 and later; swtpm 0.7.1 agrees in all that comes before.
 */
class PcrAuthorizationTest {
    private static final int PLATFORM = 0x4000000C;
    private static final int DEBUG_PCR = 16;
    private static final int OS_PCR = 20;

    private final TestTpm tpm = TestTpm.started();

    @Test
    void noPcrTakesAPolicy() {
        assertThat(policy("0000 0010 00000014")).isEqualTo(0x3C4);
        assertThat(policy("0020" + "11".repeat(32) + "000B 00000014")).isEqualTo(0x3C4);
        assertThat(policy("0004 11111111 000B 00000014")).isEqualTo(0x1D5);
        assertThat(policy("0000 0010 00000018")).isEqualTo(0x3C4);
        assertThat(policy("0000 0099 00000018")).isEqualTo(0x2C3);
        assertThat(policy("0000 0010 00000014 00")).isEqualTo(0x095);
    }

    @Test
    void noPcrTakesAnAuthValue() {
        assertThat(value(OS_PCR, "0004 01020304")).isEqualTo(0x084);
        assertThat(value(DEBUG_PCR, "0000")).isEqualTo(0x084);
        assertThat(value(24, "0000")).isEqualTo(0x184);
        assertThat(value(OS_PCR, "0041" + "00".repeat(65))).isEqualTo(0x1D5);
        assertThat(value(OS_PCR, "0000 00")).isEqualTo(0x095);
    }

    private int policy(String parameters) {
        return TssCommand.of(0x12C)
                .handle(PLATFORM)
                .password()
                .parameters(parameters)
                .code(tpm);
    }

    private int value(int pcr, String parameters) {
        return TssCommand.of(0x183)
                .handle(pcr)
                .password()
                .parameters(parameters)
                .code(tpm);
    }
}
