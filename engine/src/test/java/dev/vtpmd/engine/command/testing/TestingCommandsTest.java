package dev.vtpmd.engine.command.testing;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.state.FailureMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestingCommandsTest {
    private static final int INCREMENTAL_SELF_TEST = 0x142;
    private static final int SELF_TEST = 0x143;
    private static final int GET_CAPABILITY = 0x17A;
    private static final int GET_RANDOM = 0x17B;
    private static final int GET_TEST_RESULT = 0x17C;

    private static final String NO = "00";
    private static final String YES = "01";
    private static final int FAILURE = 0x101;

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void testsAllAlgorithms() {
        assertThat(tpm.run(SELF_TEST, "", NO)).isEmpty();
        assertThat(tpm.run(INCREMENTAL_SELF_TEST, "", "00000000")).isEqualTo("00000000");
        assertThat(tpm.run(SELF_TEST, "", YES)).isEmpty();
        assertThat(tpm.run(GET_TEST_RESULT, "", "")).isEqualTo("0000" + "00000000");
        assertThat(tpm.code(SELF_TEST, "", "02")).isEqualTo(0x1C4);
    }

    @Test
    void testsStepByStep() {
        // All that this profile offers but types of objects: RSA, KEYEDHASH, ECC, SYMCIPHER.
        assertThat(tpm.run(INCREMENTAL_SELF_TEST, "", "00000002 0004 000B"))
                .isEqualTo("00000015"
                        + "00050006 0007000A000C000D00140015001600170018001900200021002200".replace(" ", "")
                        + "3F00400041004200430044");
        assertThat(tpm.code(INCREMENTAL_SELF_TEST, "", "00000001 0012")).isEqualTo(0x1C4);
        assertThat(tpm.code(INCREMENTAL_SELF_TEST, "", "00000001 0010")).isEqualTo(0x1C4);
    }

    @Test
    void saysInFailureModeOnlyWhatItIsAndWhatFailed() {
        tpm.state().failureMode().enter(0x0C, FailureMode.SELF_TEST);
        assertThat(tpm.run(GET_TEST_RESULT, "", "")).isEqualTo("000C" + "000000000000000C" + "00000004" + "00000101");
        assertThat(tpm.code(GET_RANDOM, "", "0008")).isEqualTo(FAILURE);
        assertThat(tpm.code(GET_TEST_RESULT, "", "00")).isEqualTo(FAILURE);
        assertThat(tpm.code(0x144, "", "0000")).isEqualTo(FAILURE);
        assertThat(tpm.code(GET_CAPABILITY, "", "00000000 00000000 00000001")).isEqualTo(FAILURE);
        assertThat(tpm.code(GET_CAPABILITY, 1, "", "00000006 00000105 00000001"))
                .isEqualTo(FAILURE);
    }

    @Test
    void aSelfTestThatThePlatformWantsToFailDoesSoOnce() {
        TestTpm simulated = TestTpm.started();
        simulated.tpm().failNextSelfTest();
        assertThat(simulated.code("8001 0000000C 0000017B 0008")).isZero();
        assertThat(simulated.code("8001 0000000B 00000143 00")).isEqualTo(FAILURE);
        // 666 is FATAL_ERROR_FORCED of the reference implementation.
        assertThat(simulated.send("8001 0000000A 0000017C"))
                .isEqualTo("8001 0000001C 00000000 000C 0000000000000000 0000029A 00000101".replace(" ", ""));
        assertThat(simulated.code("8001 0000000C 0000017B 0008")).isEqualTo(FAILURE);
        simulated.tpm().powerOn();
        assertThat(simulated.code("8001 0000000C 00000144 0000")).isZero();
        assertThat(simulated.code("8001 0000000B 00000143 01")).isZero();
    }

    @Test
    void reportsOnePropertyInFailureMode() {
        tpm.state().failureMode().enter(0x0C, FailureMode.SELF_TEST);
        String manufacturer = YES + "00000006" + "00000001" + "00000105" + "5654504D";
        assertThat(property("00000105", "00000001")).isEqualTo(manufacturer);
        assertThat(property("00000100", "00000014")).isEqualTo(manufacturer);
        assertThat(property("0000010C", "00000001")).isEqualTo(NO + "00000006" + "00000001" + "0000010C" + "00000000");
        assertThat(property("00000200", "00000001")).isEqualTo(NO + "00000006" + "00000001" + "00000200" + "00000000");
        assertThat(property("00000105", "00000000")).isEqualTo(YES + "00000006" + "00000000");
    }

    private String property(String first, String count) {
        return tpm.run(GET_CAPABILITY, "", "00000006" + first + count);
    }
}
