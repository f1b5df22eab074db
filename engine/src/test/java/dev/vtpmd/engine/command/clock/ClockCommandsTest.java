package dev.vtpmd.engine.command.clock;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_ReadClock, _ClockSet and _ClockRateAdjust (Part 3, 29; Part 1, 36). Times are in milliseconds. */
class ClockCommandsTest {
    private static final int OWNER = 0x40000001;
    private static final int LOCKOUT = 0x4000000A;
    private static final int VALUE_OF_PARAMETER_1 = 0x1C4;
    private static final long LAST = 0xFFFF000000000000L;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String READ_CLOCK = "80010000000A00000181";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void timeAndClockPassWithThePlatformsTimer() {
        long time = time();
        long clock = clock();
        tpm.pass(2500);
        assertThat(time() - time).isBetween(2500L, 3000L);
        assertThat(clock() - clock).isBetween(2500L, 3000L);
    }

    @Test
    void clockIsSetForwardOnly() {
        long target = clock() + 3_600_000;
        assertThat(set(target)).isZero();
        assertThat(clock()).isBetween(target, target + 5000);
        assertThat(set(target - 1)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(set(LAST + 1)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(set(-1)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(set(LAST)).isZero();
    }

    @Test
    void settingClockLeavesTime() {
        long before = time();
        assertThat(set(clock() + 3_600_000)).isZero();
        assertThat(time() - before).isBetween(0L, 5000L);
    }

    @Test
    void clockNeverGoesBackOverAPowerFailure() {
        long set = clock() + 3_600_000;
        assertThat(set(set)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(clock()).isGreaterThanOrEqualTo(set);
        assertThat(safe()).isFalse();
    }

    @Test
    void clockStaysSafeOverAnOrderlyShutdown() {
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(safe()).isTrue();
    }

    /** Clock is stored at least every 2^22 ms (Part 1, 36.3). */
    @Test
    void clockIsSafeAgainWhenItHasPassedWhatWasStored() {
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(safe()).isFalse();
        tpm.pass(1 << 22);
        assertThat(safe()).isTrue();
    }

    @Test
    void clearSetsClockToZero() {
        assertThat(set(3_600_000)).isZero();
        assertThat(TssCommand.of(0x126).handle(LOCKOUT).password().code(tpm)).isZero();
        assertThat(clock()).isLessThan(5000);
        assertThat(safe()).isTrue();
    }

    @Test
    void theRateIsOneOfSevenSteps() {
        for (String step : new String[] {"FD", "FE", "FF", "00", "01", "02", "03"}) {
            assertThat(adjust(step)).as(step).isZero();
        }
        assertThat(adjust("04")).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(adjust("FC")).isEqualTo(VALUE_OF_PARAMETER_1);
    }

    private int set(long clock) {
        return TssCommand.of(0x128)
                .handle(OWNER)
                .password()
                .parameters("%016X".formatted(clock))
                .code(tpm);
    }

    private int adjust(String step) {
        return TssCommand.of(0x130).handle(OWNER).password().parameters(step).code(tpm);
    }

    private long time() {
        return Long.parseUnsignedLong(tpm.send(READ_CLOCK).substring(20, 36), 16);
    }

    private long clock() {
        return Long.parseUnsignedLong(tpm.send(READ_CLOCK).substring(36, 52), 16);
    }

    private boolean safe() {
        return tpm.send(READ_CLOCK).endsWith("01");
    }
}
