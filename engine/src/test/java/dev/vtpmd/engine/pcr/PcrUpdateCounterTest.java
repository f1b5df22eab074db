package dev.vtpmd.engine.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssPcrs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** pcrUpdateCounter (Part 1, 17.9) as swtpm counts. */
class PcrUpdateCounterTest {
    private static final int LOCKOUT = 0x4000000A;
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @Test
    void countsThePcrsThatAResetInitialises() {
        assertThat(pcrs.updateCounter()).isEqualTo(20);
    }

    @Test
    void countsEveryBankThatIsExtended() {
        assertThat(TssCommand.of(0x182)
                        .handle(0)
                        .password()
                        .parameters("00000002 0004" + "11".repeat(20) + "000B" + "11".repeat(32))
                        .code(tpm))
                .isZero();
        assertThat(pcrs.updateCounter()).isEqualTo(22);
    }

    @Test
    void debugAndOperatingSystemPcrsDoNotCount() {
        for (int pcr : new int[] {16, 21, 22, 23}) {
            assertThat(pcrs.extend(2, pcr)).isZero();
            assertThat(pcrs.reset(2, pcr)).isZero();
        }
        assertThat(pcrs.updateCounter()).isEqualTo(20);
        assertThat(pcrs.reset(2, 20)).isZero();
        assertThat(pcrs.updateCounter()).isEqualTo(21);
    }

    @Test
    void clearCounts() {
        assertThat(TssCommand.of(0x126).handle(LOCKOUT).password().code(tpm)).isZero();
        assertThat(pcrs.updateCounter()).isEqualTo(21);
    }

    @Test
    void aResumeInitialisesWhatIsNotSaved() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        assertThat(pcrs.updateCounter()).isEqualTo(24);
    }
}
