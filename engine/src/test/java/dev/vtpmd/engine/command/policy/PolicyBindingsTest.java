package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PolicyDuplicationSelect and _PolicyAuthorize (Part 3, 23.15 and 23.16). */
class PolicyBindingsTest {
    private static final int POLICY_AUTHORIZE = 0x16A;
    private static final int POLICY_COMMAND_CODE = 0x16C;
    private static final int POLICY_DUPLICATION_SELECT = 0x188;
    private static final int DUPLICATE = 0x14B;
    private static final String NULL_TICKET = "8022" + "40000007" + "0000";
    private static final byte[] OBJECT = name(1);
    private static final byte[] PARENT = name(2);
    private static final byte[] KEY = name(3);

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    @Test
    void duplicationBindsTheParentAndIfAskedTheObject() {
        assertThat(select(true)).isZero();
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy()
                        .then(POLICY_DUPLICATION_SELECT, OBJECT, PARENT, new byte[] {1})
                        .digest());
        restartSession();
        assertThat(select(false)).isZero();
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy()
                        .then(POLICY_DUPLICATION_SELECT, PARENT, new byte[] {0})
                        .digest());
    }

    @Test
    void duplicationIsSelectedOnceAndForNoOtherCommand() {
        assertThat(select(true)).isZero();
        assertThat(select(true)).isEqualTo(0x151);
        assertThat(commandCode(DUPLICATE)).isZero();
        assertThat(commandCode(0x14E)).isEqualTo(0x1C4);
        restartSession();
        assertThat(commandCode(DUPLICATE)).isZero();
        assertThat(select(true)).isEqualTo(0x143);
    }

    @Test
    void authorizeBeginsAnewWithTheKeysName() {
        TssSession trial = TssSession.trial(tpm, TssCrypto.SHA256);
        assertThat(authorize(trial, new byte[32], KEY, NULL_TICKET)).isZero();
        assertThat(TssPolicy.of(tpm, trial))
                .isEqualTo(new TssPolicy()
                        .thenNamed(POLICY_AUTHORIZE, KEY, new byte[0])
                        .digest());
    }

    @Test
    void authorizeNeedsThePolicyThatWasApprovedAndItsTicket() {
        assertThat(authorize(session, new byte[31], KEY, NULL_TICKET)).isEqualTo(0x1C4);
        assertThat(authorize(session, new byte[32], KEY, NULL_TICKET)).isEqualTo(0x4C4);
        assertThat(authorize(session, new byte[32], KEY, "8021" + "40000007" + "0000"))
                .isEqualTo(0x4D7);
        assertThat(authorize(session, new byte[32], new byte[] {0}, NULL_TICKET))
                .isEqualTo(0x3D5);
        assertThat(authorize(session, new byte[32], new byte[] {0, 0x27}, NULL_TICKET))
                .isEqualTo(0x3C3);
    }

    private int select(boolean includeObject) {
        return TssCommand.of(POLICY_DUPLICATION_SELECT)
                .handle(session.handle())
                .sized(OBJECT)
                .sized(PARENT)
                .parameters(includeObject ? "01" : "00")
                .code(tpm);
    }

    private int commandCode(int code) {
        return TssCommand.of(POLICY_COMMAND_CODE)
                .handle(session.handle())
                .parameters("%08X".formatted(code))
                .code(tpm);
    }

    private int authorize(TssSession policySession, byte[] approved, byte[] key, String ticket) {
        return TssCommand.of(POLICY_AUTHORIZE)
                .handle(policySession.handle())
                .sized(approved)
                .sized(new byte[0])
                .sized(key)
                .parameters(ticket)
                .code(tpm);
    }

    private void restartSession() {
        assertThat(TssCommand.of(0x180).handle(session.handle()).code(tpm)).isZero();
    }

    private static byte[] name(int number) {
        return TssCrypto.concatenate(new byte[] {0, 0x0B}, TssCrypto.SHA256.digest(new byte[] {(byte) number}));
    }
}
