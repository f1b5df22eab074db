package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PolicyNV and _PolicyCounterTimer (Part 3, 23.9 and 23.10): what the TPM has, compared with what the caller gives. */
class PolicyComparisonTest {
    private static final int OWNER = 0x40000001;
    private static final int POLICY_NV = 0x149;
    private static final int POLICY_COUNTER_TIMER = 0x16D;
    private static final int POLICY = 0x126;
    /** What the index holds: 0x80 is negative where signs count. */
    private static final String CONTENTS = "80017F0000000000";

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
    private TssNvIndex index;

    @BeforeEach
    void define() {
        index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, new byte[0], 8);
        index.writeAsOwner(CONTENTS);
    }

    /** TPM_EO (Part 2, 6.8) with the first operand 0x8001 from the index. */
    @ParameterizedTest
    @CsvSource({
        "0, 8001, true, EQ",
        "0, 8002, false, EQ",
        "1, 8002, true, NEQ",
        "1, 8001, false, NEQ",
        "2, 7FFF, false, SIGNED_GT",
        "3, 7FFF, true, UNSIGNED_GT",
        "3, 8001, false, UNSIGNED_GT",
        "4, 7FFF, true, SIGNED_LT",
        "5, 7FFF, false, UNSIGNED_LT",
        "5, 8002, true, UNSIGNED_LT",
        "6, 8001, true, SIGNED_GE",
        "6, 0001, false, SIGNED_GE",
        "7, 8001, true, UNSIGNED_GE",
        "7, 8002, false, UNSIGNED_GE",
        "8, 0001, true, SIGNED_LE",
        "8, 8001, true, SIGNED_LE",
        "9, 8001, true, UNSIGNED_LE",
        "9, 8000, false, UNSIGNED_LE",
        "10, 0001, true, BITSET",
        "10, 0003, false, BITSET",
        "11, 7FFE, true, BITCLEAR",
        "11, 0001, false, BITCLEAR",
        "0, '', true, an empty operand",
    })
    void compares(int operation, String operand, boolean holds, String name) {
        byte[] before = TssPolicy.of(tpm, session);
        assertThat(policyNv(session, operand, 0, operation)).as(name).isEqualTo(holds ? 0 : POLICY);
        if (!holds) {
            assertThat(TssPolicy.of(tpm, session)).isEqualTo(before);
        }
    }

    @Test
    void theDigestCoversOperandOffsetOperationAndName() {
        assertThat(policyNv(session, "7F", 2, 0)).isZero();
        byte[] arguments = TssCrypto.SHA256.digest(HexFormat.of().parseHex("7F" + "0002" + "0000"));
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(
                        new TssPolicy().then(POLICY_NV, arguments, index.name()).digest());
    }

    @Test
    void operandsMustLieInTheIndex() {
        assertThat(policyNv(session, "00", 8, 0)).isEqualTo(0x1D5);
        assertThat(policyNv(session, "", 8, 0)).isZero();
        assertThat(policyNv(session, "", 9, 0)).isEqualTo(0x2C4);
        assertThat(policyNv(session, "00", 0, 12)).isEqualTo(0x3C4);
    }

    @Test
    void aTrialDoesNotCompare() {
        TssSession trial = TssSession.trial(tpm, TssCrypto.SHA256);
        assertThat(policyNv(trial, "FFFF", 0, 0)).isZero();
    }

    @Test
    void anIndexMustHaveBeenWritten() {
        index = TssNvIndex.define(tpm, 0x01500002, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, new byte[0], 8);
        assertThat(policyNv(session, "00", 0, 0)).isEqualTo(0x14A);
    }

    /** TPMS_TIME_INFO: time 8, clock 8, resetCount 4, restartCount 4, safe 1; this TPM was started once and is safe. */
    @Test
    void countersAndTimersCompareToo() {
        assertThat(counterTimer("00000001" + "00000000" + "01", 16, 0)).isZero();
        assertThat(counterTimer("00000002", 16, 0)).isEqualTo(POLICY);
        assertThat(counterTimer("0000000100000000", 0, 5)).isZero();
        assertThat(counterTimer("0000000100000000", 8, 3)).isEqualTo(POLICY);
    }

    @Test
    void theDigestOfACounterTimerCoversItsArguments() {
        assertThat(counterTimer("00000001", 16, 0)).isZero();
        byte[] arguments = TssCrypto.SHA256.digest(HexFormat.of().parseHex("00000001" + "0010" + "0000"));
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy().then(POLICY_COUNTER_TIMER, arguments).digest());
    }

    @Test
    void operandsMustLieInTheTimeInfo() {
        assertThat(counterTimer("00", 25, 0)).isEqualTo(0x08D);
        assertThat(counterTimer("00", 26, 0)).isEqualTo(0x2C4);
        assertThat(counterTimer("00000000", 22, 0)).isEqualTo(0x08D);
        assertThat(counterTimer("00", 0, 12)).isEqualTo(0x3C4);
    }

    private int policyNv(TssSession policySession, String operand, int offset, int operation) {
        return TssCommand.of(POLICY_NV)
                .handle(OWNER)
                .handle(index.handle(), index.name())
                .handle(policySession.handle())
                .password()
                .parameters("%04X".formatted(operand.length() / 2) + operand)
                .parameters("%04X%04X".formatted(offset, operation))
                .code(tpm);
    }

    private int counterTimer(String operand, int offset, int operation) {
        return TssCommand.of(POLICY_COUNTER_TIMER)
                .handle(session.handle())
                .parameters("%04X".formatted(operand.length() / 2) + operand)
                .parameters("%04X%04X".formatted(offset, operation))
                .code(tpm);
    }
}
