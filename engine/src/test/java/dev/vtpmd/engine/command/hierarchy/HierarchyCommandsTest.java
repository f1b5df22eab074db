package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssNvIndex;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Hierarchy commands (Part 3, 24), with the codes of the TCG's reference code. */
class HierarchyCommandsTest {
    private static final int OWNER = 0x40000001;
    private static final int NULL = 0x40000007;
    private static final int LOCKOUT = 0x4000000A;
    private static final int ENDORSEMENT = 0x4000000B;
    private static final int PLATFORM = 0x4000000C;
    private static final int PLATFORM_NV = 0x4000000D;
    private static final int AUTH_TYPE = 0x124;
    private static final int HIERARCHY_OF_HANDLE_1 = 0x185;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String READ_STARTUP_CLEAR = "8001 00000016 0000017A 00000006 00000201 00000001";

    private static final byte[] AUTH = {'a'};
    private static final byte[] NONE = {};

    private final TestTpm tpm = TestTpm.started();

    @Test
    void anOwnerTurnsItsHierarchyOffAndThePlatformOn() {
        assertThat(control(OWNER, OWNER, false)).isZero();
        assertThat(control(OWNER, OWNER, true)).isEqualTo(HIERARCHY_OF_HANDLE_1);
        assertThat(startupClear()).isEqualTo("8000000D");
        assertThat(control(PLATFORM, OWNER, true)).isZero();
        assertThat(startupClear()).isEqualTo("8000000F");
    }

    @Test
    void turningOnWhatIsOnDoesNothing() {
        assertThat(control(OWNER, OWNER, true)).isZero();
        assertThat(control(ENDORSEMENT, ENDORSEMENT, true)).isZero();
        assertThat(control(PLATFORM, PLATFORM, true)).isZero();
    }

    @Test
    void nobodyControlsAnothersHierarchy() {
        assertThat(control(OWNER, ENDORSEMENT, false)).isEqualTo(AUTH_TYPE);
        assertThat(control(ENDORSEMENT, OWNER, false)).isEqualTo(AUTH_TYPE);
        assertThat(control(OWNER, PLATFORM, false)).isEqualTo(AUTH_TYPE);
        assertThat(control(OWNER, PLATFORM_NV, false)).isEqualTo(AUTH_TYPE);
        assertThat(control(PLATFORM, NULL, false)).isEqualTo(0x1C4);
    }

    @Test
    void aStartTurnsEverythingOn() {
        assertThat(control(PLATFORM, OWNER, false)).isZero();
        assertThat(control(PLATFORM, PLATFORM_NV, false)).isZero();
        assertThat(control(PLATFORM, PLATFORM, false)).isZero();
        assertThat(control(PLATFORM, PLATFORM, true)).isEqualTo(HIERARCHY_OF_HANDLE_1);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(control(OWNER, OWNER, false)).isZero();
        assertThat(control(PLATFORM, PLATFORM_NV, true)).isZero();
    }

    @Test
    void anIndexOfADisabledOwnerIsHidden() {
        TssNvIndex index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, AUTH, 8);
        index.writeAsOwner("0102030405060708");
        assertThat(control(OWNER, OWNER, false)).isZero();
        assertThat(index.read().password(AUTH).code(tpm)).isEqualTo(0x18B);
        assertThat(control(PLATFORM, OWNER, true)).isZero();
        assertThat(index.read().password(AUTH).code(tpm)).isZero();
    }

    @Test
    void clearForgetsTheOwner() {
        TssNvIndex index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, AUTH, 8);
        assertThat(changeAuth(OWNER, NONE, AUTH)).isZero();
        assertThat(changeAuth(ENDORSEMENT, NONE, AUTH)).isZero();
        assertThat(changeAuth(LOCKOUT, NONE, AUTH)).isZero();
        assertThat(changeAuth(PLATFORM, NONE, AUTH)).isZero();
        assertThat(control(ENDORSEMENT, ENDORSEMENT, false, AUTH)).isZero();
        assertThat(clear(LOCKOUT, AUTH)).isZero();
        assertThat(changeAuth(OWNER, NONE, NONE)).isZero();
        assertThat(changeAuth(ENDORSEMENT, NONE, NONE)).isZero();
        assertThat(changeAuth(LOCKOUT, NONE, NONE)).isZero();
        assertThat(changeAuth(PLATFORM, AUTH, NONE)).isZero();
        assertThat(index.read().password(AUTH).code(tpm)).isEqualTo(0x18B);
    }

    @Test
    void theAnswerToClearHasTheNewEmptyAuthValue() {
        assertThat(changeAuth(LOCKOUT, NONE, AUTH)).isZero();
        assertThat(clear(LOCKOUT, AUTH)).isZero();
        assertThat(clear(LOCKOUT, NONE)).isZero();
    }

    @Test
    void clearIsDisabledByItsOwnerAndEnabledByThePlatform() {
        assertThat(clearControl(LOCKOUT, true)).isZero();
        assertThat(clear(LOCKOUT, NONE)).isEqualTo(0x120);
        assertThat(clear(PLATFORM, NONE)).isEqualTo(0x120);
        assertThat(clearControl(LOCKOUT, false)).isEqualTo(0x08E);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(clear(PLATFORM, NONE)).isEqualTo(0x120);
        assertThat(clearControl(PLATFORM, false)).isZero();
        assertThat(clear(PLATFORM, NONE)).isZero();
    }

    @Test
    void ownerAndEndorsementDoNotClear() {
        assertThat(clear(OWNER, NONE)).isEqualTo(0x184);
        assertThat(clear(ENDORSEMENT, NONE)).isEqualTo(0x184);
    }

    @Test
    void anAuthValueHas64BytesAtMost() {
        byte[] longest = new byte[64];
        longest[63] = 1;
        assertThat(changeAuth(OWNER, NONE, longest)).isZero();
        assertThat(changeAuth(OWNER, longest, new byte[65])).isEqualTo(0x1D5);
        assertThat(changeAuth(NULL, NONE, AUTH)).isEqualTo(0x184);
    }

    @Test
    void aPolicyIsAsLongAsItsHash() {
        assertThat(policy(OWNER, "0020" + "11".repeat(32) + "000B")).isZero();
        assertThat(policy(OWNER, "0000" + "0010")).isZero();
        assertThat(policy(OWNER, "0014" + "11".repeat(20) + "000B")).isEqualTo(0x1D5);
        assertThat(policy(OWNER, "0020" + "11".repeat(32) + "0010")).isEqualTo(0x1D5);
        assertThat(policy(OWNER, "0000" + "000B")).isEqualTo(0x1D5);
        assertThat(policy(OWNER, "0020" + "11".repeat(32) + "0027")).isEqualTo(0x2C3);
        assertThat(policy(LOCKOUT, "0020" + "11".repeat(32) + "000B")).isZero();
        assertThat(policy(NULL, "0000" + "0010")).isEqualTo(0x184);
    }

    @Test
    void changingASeedKeepsTheOwner() {
        assertThat(changeAuth(OWNER, NONE, AUTH)).isZero();
        assertThat(changeAuth(ENDORSEMENT, NONE, AUTH)).isZero();
        assertThat(TssCommand.of(0x124).handle(PLATFORM).password().code(tpm)).isZero();
        assertThat(changeAuth(ENDORSEMENT, NONE, AUTH)).isZero();
        assertThat(changeAuth(PLATFORM, NONE, AUTH)).isZero();
        assertThat(TssCommand.of(0x125).handle(PLATFORM).password(AUTH).code(tpm))
                .isZero();
        assertThat(changeAuth(PLATFORM, AUTH, AUTH)).isZero();
        assertThat(changeAuth(OWNER, AUTH, AUTH)).isZero();
    }

    private int control(int authorizing, int enable, boolean state) {
        return control(authorizing, enable, state, NONE);
    }

    private int control(int authorizing, int enable, boolean state, byte[] authValue) {
        return TssCommand.of(0x121)
                .handle(authorizing)
                .password(authValue)
                .parameters("%08X%02X".formatted(enable, state ? 1 : 0))
                .code(tpm);
    }

    private int clear(int authorizing, byte[] authValue) {
        return TssCommand.of(0x126).handle(authorizing).password(authValue).code(tpm);
    }

    private int clearControl(int authorizing, boolean disable) {
        return TssCommand.of(0x127)
                .handle(authorizing)
                .password()
                .parameters(disable ? "01" : "00")
                .code(tpm);
    }

    private int changeAuth(int hierarchy, byte[] old, byte[] changed) {
        return TssCommand.of(0x129)
                .handle(hierarchy)
                .password(old)
                .sized(changed)
                .code(tpm);
    }

    private int policy(int hierarchy, String parameters) {
        return TssCommand.of(0x12E)
                .handle(hierarchy)
                .password()
                .parameters(parameters)
                .code(tpm);
    }

    /** TPMA_STARTUP_CLEAR: phEnable, shEnable, ehEnable, phEnableNV, and orderly in the highest bit. */
    private String startupClear() {
        String response = tpm.send(READ_STARTUP_CLEAR);
        return response.substring(response.length() - 8);
    }
}
