package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Read-only mode (Part 1, 13.9; Part 3, 24.9): what it refuses, and for how long. */
class ReadOnlyControlTest {
    private static final int OWNER = 0x40000001;
    private static final int PLATFORM = 0x4000000C;
    private static final int READ_ONLY = 0x156;
    private static final int TPMA_NV_ORDERLY = 0x04000000;
    private static final int TPMA_NV_CLEAR_STCLEAR = 0x08000000;
    private static final int NV_WRITE = 0x137;
    private static final int NV_WRITE_LOCK = 0x138;

    private final TestTpm tpm = TestTpm.started();

    @Test
    void thePlatformTurnsItOnAndOff() {
        assertThat(control(OWNER, "01")).isEqualTo(0x184);
        assertThat(control(PLATFORM, "02")).isEqualTo(0x1C4);
        assertThat(startupClearAttributes()).isEqualTo("8000000F");
        assertThat(control(PLATFORM, "01")).isZero();
        assertThat(startupClearAttributes()).isEqualTo("8000001F");
        assertThat(setOwnerAuth()).isEqualTo(READ_ONLY);
        assertThat(control(PLATFORM, "00")).isZero();
        assertThat(setOwnerAuth()).isZero();
    }

    /** CreatePrimary, Create, Clear, ClockSet, NV_DefineSpace, NV_Increment, PP_Commands, PCR_SetAuthValue, NV_DefineSpace2. */
    @ParameterizedTest
    @ValueSource(strings = {"131", "153", "126", "128", "12A", "134", "12D", "183", "19D"})
    void refusesACommandBeforeItsHandles(String code) {
        control(PLATFORM, "01");
        assertThat(tpm.code("80010000000A00000" + code)).isEqualTo(READ_ONLY);
    }

    /** GetRandom, PCR_Extend, ReadPublic, Load, SelfTest, DictionaryAttackLockReset: their own checks answer. */
    @ParameterizedTest
    @ValueSource(strings = {"17B", "182", "173", "157", "143", "139"})
    void leavesOtherCommandsAlone(String code) {
        control(PLATFORM, "01");
        assertThat(tpm.code("80010000000A00000" + code)).isNotEqualTo(READ_ONLY);
    }

    @Test
    void onlyWhatAResetForgetsCanBeWritten() {
        int attributes = TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA;
        TssNvIndex lasting = TssNvIndex.define(tpm, 0x01500001, attributes, new byte[0], 8);
        TssNvIndex orderly = TssNvIndex.define(tpm, 0x01500002, attributes | TPMA_NV_ORDERLY, new byte[0], 8);
        TssNvIndex passing = TssNvIndex.define(
                tpm, 0x01500003, attributes | TPMA_NV_ORDERLY | TPMA_NV_CLEAR_STCLEAR, new byte[0], 8);
        control(PLATFORM, "01");
        assertThat(write(lasting)).isEqualTo(READ_ONLY);
        assertThat(write(orderly)).isEqualTo(READ_ONLY);
        assertThat(write(passing)).isZero();
        assertThat(TssCommand.of(NV_WRITE_LOCK)
                        .handle(OWNER)
                        .handle(lasting.handle(), lasting.name())
                        .password()
                        .code(tpm))
                .isEqualTo(READ_ONLY);
    }

    /** Each use of its authValue counts in a PIN index. */
    @Test
    void refusesToAskAPinIndex() {
        int attributes = TssNvIndex.OWNER | TssNvIndex.PIN_PASS | TssNvIndex.NO_DA;
        TssNvIndex pin = TssNvIndex.define(tpm, 0x01500001, attributes, new byte[0], 8);
        pin.writeAsOwner("0000000000000005");
        TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        TssCommand secret =
                TssCommand.of(0x151).handle(pin.handle(), pin.name()).handle(session.handle());
        secret.password().parameters("0000 0000 0000 00000000");
        assertThat(secret.code(tpm)).isZero();
        control(PLATFORM, "01");
        assertThat(secret.code(tpm)).isEqualTo(READ_ONLY);
    }

    @Test
    void lastsOverAResumeAndEndsWithARestart() {
        control(PLATFORM, "01");
        tpm.suspendAndResume();
        assertThat(setOwnerAuth()).isEqualTo(READ_ONLY);
        tpm.send("80010000000C000001450001");
        tpm.losePower();
        tpm.send("80010000000C000001440001");
        assertThat(setOwnerAuth()).isEqualTo(READ_ONLY);
        tpm.send("80010000000C000001450001");
        tpm.losePower();
        tpm.send("80010000000C000001440000");
        assertThat(setOwnerAuth()).isZero();
    }

    private int control(int handle, String state) {
        return TssCommand.of(0x1A0).handle(handle).password().parameters(state).code(tpm);
    }

    private int setOwnerAuth() {
        return TssCommand.of(0x129).handle(OWNER).password().parameters("0000").code(tpm);
    }

    private int write(TssNvIndex index) {
        return TssCommand.of(NV_WRITE)
                .handle(OWNER)
                .handle(index.handle(), index.name())
                .password()
                .parameters("0001 11 0000")
                .code(tpm);
    }

    /** TPM_PT_STARTUP_CLEAR. */
    private String startupClearAttributes() {
        String answer = TssCommand.of(0x17A)
                .parameters("00000006 00000201 00000001")
                .sendTo(tpm)
                .parameters();
        return answer.substring(answer.length() - 8);
    }
}
