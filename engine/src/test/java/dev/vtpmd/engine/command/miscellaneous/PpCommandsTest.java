package dev.vtpmd.engine.command.miscellaneous;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_PP_Commands and what follows from it. swtpm 0.7.1, on which physical presence is never asserted, gives the answers
 * without it; the rest is as Part 3, 26.2 and Part 1, 19.9 say.
 */
class PpCommandsTest {
    private static final int OWNER = 0x40000001;
    private static final int PLATFORM = 0x4000000C;
    private static final int PP_COMMANDS = 0x12D;
    private static final int CLEAR_CONTROL = 0x127;
    private static final int PP_OF_SESSION_1 = 0x990;
    private static final String NONE = "00000000";
    private static final String THE_CLEAR_CONTROL = "00000001 00000127";
    private static final String ONLY_PP_COMMANDS = "0000000003000000010000012D";

    private final TestTpm tpm = TestTpm.started();

    @BeforeEach
    void someoneIsThere() {
        tpm.tpm().physicalPresence(true);
    }

    @Test
    void needsPhysicalPresenceItself() {
        assertThat(list(NONE, NONE)).isZero();
        tpm.tpm().physicalPresence(false);
        assertThat(list(NONE, NONE)).isEqualTo(PP_OF_SESSION_1);
        assertThat(list(NONE, NONE + "00")).isEqualTo(PP_OF_SESSION_1);
        assertThat(TssCommand.of(PP_COMMANDS)
                        .handle(OWNER)
                        .password()
                        .parameters(NONE + NONE)
                        .code(tpm))
                .isEqualTo(0x184);
        assertThat(listed()).isEqualTo(ONLY_PP_COMMANDS);
    }

    @Test
    void listedCommandsNeedPhysicalPresenceWhereThePlatformAuthorizes() {
        assertThat(list(THE_CLEAR_CONTROL, NONE)).isZero();
        assertThat(clearControl(PLATFORM)).isZero();
        tpm.tpm().physicalPresence(false);
        assertThat(clearControl(PLATFORM)).isEqualTo(PP_OF_SESSION_1);
        assertThat(clearControl(0x4000000A)).isZero();
        assertThat(listed()).isEqualTo("0000000003000000020000012700" + "00012D");
    }

    @Test
    void theListOutlivesPower() {
        list(THE_CLEAR_CONTROL, NONE);
        tpm.tpm().physicalPresence(false);
        tpm.losePower();
        tpm.send("80010000000C000001440000");
        assertThat(clearControl(PLATFORM)).isEqualTo(PP_OF_SESSION_1);
        tpm.tpm().physicalPresence(true);
        assertThat(list(NONE, THE_CLEAR_CONTROL)).isZero();
        tpm.tpm().physicalPresence(false);
        assertThat(clearControl(PLATFORM)).isZero();
    }

    /** TPM2_GetRandom cannot depend on physical presence, TPM2_PP_Commands always does, and 0x1FF is no command. */
    @Test
    void passesOverCodesThatCannotBeListed() {
        assertThat(list("00000002 0000017B 000001FF", "00000002 0000012D FFFFFFFF"))
                .isZero();
        assertThat(listed()).isEqualTo(ONLY_PP_COMMANDS);
    }

    @Test
    void refusesWrongLists() {
        assertThat(list("000000FF", NONE)).isEqualTo(0x1D5);
        assertThat(list(NONE, "000000FF")).isEqualTo(0x2D5);
        assertThat(list(NONE, "00000001")).isEqualTo(0x2DA);
        assertThat(list(NONE, NONE + "00")).isEqualTo(0x095);
    }

    private int list(String set, String clear) {
        return TssCommand.of(PP_COMMANDS)
                .handle(PLATFORM)
                .password()
                .parameters(set + clear)
                .code(tpm);
    }

    private int clearControl(int handle) {
        return TssCommand.of(CLEAR_CONTROL)
                .handle(handle)
                .password()
                .parameters("01")
                .code(tpm);
    }

    private String listed() {
        return TssCommand.of(0x17A)
                .parameters("00000003 00000000 000000FE")
                .sendTo(tpm)
                .parameters();
    }
}
