package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** PIN indices (Part 1, 37.2.9): pinCount in the first four bytes, pinLimit in the last. */
class PinIndexTest {
    private static final int INDEX = 0x01500001;
    private static final int OWNER_WRITES_OWNER_AND_AUTH_READ = 0x00060002;
    private static final int AUTH_UNAVAILABLE = 0x12F;
    private static final int BAD_AUTH_OF_SESSION_1 = 0x9A2;
    private static final byte[] PIN = {'1', '2', '3', '4'};
    private static final byte[] WRONG = {'9'};

    private final TestTpm tpm = TestTpm.started();

    @Test
    void pinPassCountsSuccesses() {
        TssNvIndex index = define(TssNvIndex.PIN_PASS);
        index.writeAsOwner("0000000000000002");
        assertThat(use(index, WRONG)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(index.readAsOwner()).isEqualTo("0000000000000002");
        assertThat(use(index, PIN)).isZero();
        assertThat(use(index, PIN)).isZero();
        assertThat(index.readAsOwner()).isEqualTo("0000000200000002");
        assertThat(use(index, PIN)).isEqualTo(AUTH_UNAVAILABLE);
        assertThat(use(index, WRONG)).isEqualTo(AUTH_UNAVAILABLE);
        index.writeAsOwner("0000000000000001");
        assertThat(use(index, PIN)).isZero();
    }

    @Test
    void pinFailCountsFailuresInARow() {
        TssNvIndex index = define(TssNvIndex.PIN_FAIL);
        index.writeAsOwner("0000000000000002");
        assertThat(use(index, WRONG)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(index.readAsOwner()).isEqualTo("0000000100000002");
        assertThat(use(index, PIN)).isZero();
        assertThat(index.readAsOwner()).isEqualTo("0000000000000002");
        assertThat(use(index, WRONG)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(use(index, WRONG)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(use(index, PIN)).isEqualTo(AUTH_UNAVAILABLE);
    }

    @Test
    void hmacSessionsCountToo() {
        TssNvIndex index = define(TssNvIndex.PIN_PASS);
        index.writeAsOwner("0000000000000002");
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        assertThat(index.read()
                        .authorization(TssAuthorization.hmac(session, 0, PIN))
                        .code(tpm))
                .isZero();
        assertThat(index.readAsOwner()).isEqualTo("0000000100000002");
    }

    /** The count moves before the parameters are looked at. */
    @Test
    void aUseCountsEvenIfTheCommandThenFails() {
        TssNvIndex index = define(TssNvIndex.PIN_PASS);
        index.writeAsOwner("0000000000000002");
        assertThat(index.read().parameters("00").password(PIN).code(tpm)).isEqualTo(0x095);
        assertThat(index.readAsOwner()).isEqualTo("0000000100000002");
    }

    @Test
    void theCountOutlivesAPowerFailure() {
        TssNvIndex index = define(TssNvIndex.PIN_FAIL);
        index.writeAsOwner("0000000000000001");
        assertThat(use(index, WRONG)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        tpm.losePower();
        assertThat(tpm.code("80010000000C000001440000")).isZero();
        assertThat(use(index, PIN)).isEqualTo(AUTH_UNAVAILABLE);
    }

    @Test
    void beforeTheFirstWriteThereIsNoPin() {
        TssNvIndex index = define(TssNvIndex.PIN_FAIL);
        assertThat(use(index, PIN)).isEqualTo(AUTH_UNAVAILABLE);
    }

    @Test
    void noSessionIsBoundToAPinIndex() {
        TssNvIndex index = define(TssNvIndex.PIN_PASS);
        assertThat(TssCommand.of(0x176)
                        .handle(0x40000007)
                        .handle(index.handle())
                        .parameters("0010" + "11".repeat(16) + "0000 00 0010 000B")
                        .code(tpm))
                .isEqualTo(0x28B);
    }

    @Test
    void aPinIndexIsWrittenByItsOwnerOnlyAndHasEightBytes() {
        assertThat(define("02060096", 8)).isEqualTo(0x2C2);
        assertThat(define("02060092", 7)).isEqualTo(0x2D5);
        assertThat(define("00060082", 8)).isEqualTo(0x2C2);
        assertThat(define("00060092", 8)).isZero();
    }

    private int define(String attributes, int size) {
        return TssCommand.of(0x12A)
                .handle(0x40000001)
                .password()
                .sized(PIN)
                .parameters("000E" + "01500002" + "000B" + attributes + "0000" + "%04X".formatted(size))
                .code(tpm);
    }

    private TssNvIndex define(int type) {
        return TssNvIndex.define(tpm, INDEX, OWNER_WRITES_OWNER_AND_AUTH_READ | TssNvIndex.NO_DA | type, PIN, 8);
    }

    private int use(TssNvIndex index, byte[] pin) {
        return index.read().password(pin).code(tpm);
    }
}
