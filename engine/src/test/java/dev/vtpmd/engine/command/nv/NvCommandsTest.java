package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Codes are those that the TCG's reference code and libtpms give. */
class NvCommandsTest {
    private static final String OWNER = "40000001";
    private static final String INDEX = "01500001";
    private static final String PASSWORD = "00000009 40000009 0000 01 0000";
    /** OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, NO_DA. */
    private static final String ORDINARY = "02060006";

    private static final String COUNTER = "02060016";
    private static final String BITS = "02060026";
    private static final String EXTEND = "02060046";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void whatWasWrittenIsReadAgainAfterAPowerFailure() {
        assertThat(define(ORDINARY, 8)).isZero();
        assertThat(read(8, 0)).endsWith("0000014A");
        // What is not written is ones, as swtpm and the reference have it.
        assertThat(write("CAFE", 2)).isZero();
        tpm.losePower();
        assertThat(tpm.code("80010000000C000001440000")).isZero();
        assertThat(read(8, 0)).contains("0008" + "FFFFCAFEFFFFFFFF");
    }

    @Test
    void offsetsAndSizesBeyondTheIndexAreRefused() {
        assertThat(define(ORDINARY, 8)).isZero();
        assertThat(write("CAFE", 9)).isEqualTo(0x2C4);
        assertThat(write("CAFE", 7)).isEqualTo(0x146);
        assertThat(write("CAFE", 0)).isZero();
        assertThat(read(8, 1)).endsWith("00000146");
        assertThat(read(0, 9)).endsWith("000002C4");
    }

    @Test
    void anIndexIsDefinedOnce() {
        assertThat(define(ORDINARY, 8)).isZero();
        assertThat(define(ORDINARY, 8)).isEqualTo(0x14C);
        assertThat(undefine()).isZero();
        assertThat(undefine()).isEqualTo(0x28B);
    }

    @Test
    void aCounterCountsOnWhereADeletedOneEnded() {
        assertThat(define(COUNTER, 8)).isZero();
        assertThat(increment()).isZero();
        assertThat(increment()).isZero();
        assertThat(read(8, 0)).contains("0008" + "0000000000000002");
        assertThat(undefine()).isZero();
        assertThat(define(COUNTER, 8)).isZero();
        assertThat(increment()).isZero();
        assertThat(read(8, 0)).contains("0008" + "0000000000000003");
    }

    @Test
    void aCounterCannotBeWritten() {
        assertThat(define(COUNTER, 8)).isZero();
        assertThat(write("0000000000000001", 0)).isEqualTo(0x082);
        assertThat(define(COUNTER, 7)).isEqualTo(0x2D5);
    }

    @Test
    void bitsAreSetAndNeverCleared() {
        assertThat(define(BITS, 8)).isZero();
        assertThat(tpm.code("8002 00000027 00000135" + OWNER + INDEX + PASSWORD + "8000000000000001"))
                .isZero();
        assertThat(tpm.code("8002 00000027 00000135" + OWNER + INDEX + PASSWORD + "0000000000000004"))
                .isZero();
        assertThat(read(8, 0)).contains("0008" + "8000000000000005");
    }

    @Test
    void anExtendedIndexHashesFromZeros() {
        assertThat(define(EXTEND, 32)).isZero();
        assertThat(tpm.code("8002 00000024 00000136" + OWNER + INDEX + PASSWORD + "0003" + "616263"))
                .isZero();
        // SHA-256 of 32 zero bytes and "abc", computed with sha256sum
        assertThat(read(32, 0)).contains("0020" + "365AA7D8F7F9402C4B9434502B4CC89DDB09FE50D7CD95B493B834C62D5A5370");
    }

    @Test
    void attributesThatContradictEachOtherAreRefused() {
        assertThat(define("02000006", 8)).isEqualTo(0x2C2);
        assertThat(define("02060000", 8)).isEqualTo(0x2C2);
        assertThat(define("22060006", 8)).isEqualTo(0x2C2);
        assertThat(define("42060006", 8)).isEqualTo(0x182);
        assertThat(define("02060036", 8)).isEqualTo(0x2C2);
    }

    private int define(String attributes, int size) {
        String publicArea = "000E" + INDEX + "000B" + attributes + "0000" + "%04X".formatted(size);
        return tpm.code("8002 0000002D 0000012A" + OWNER + PASSWORD + "0000" + publicArea);
    }

    private int undefine() {
        return tpm.code("8002 0000001F 00000122" + OWNER + INDEX + PASSWORD);
    }

    private int increment() {
        return tpm.code("8002 0000001F 00000134" + OWNER + INDEX + PASSWORD);
    }

    private int write(String data, int offset) {
        int size = data.length() / 2;
        return tpm.code("8002 %08X 00000137".formatted(0x23 + size)
                + OWNER
                + INDEX
                + PASSWORD
                + "%04X".formatted(size)
                + data
                + "%04X".formatted(offset));
    }

    private String read(int size, int offset) {
        return tpm.send("8002 00000023 0000014E" + OWNER + INDEX + PASSWORD + "%04X%04X".formatted(size, offset));
    }
}
