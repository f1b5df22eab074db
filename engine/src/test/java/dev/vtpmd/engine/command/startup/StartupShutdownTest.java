package dev.vtpmd.engine.command.startup;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPcrs;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Startup and TPM2_Shutdown (Part 3, 9.3 and 9.4; Part 1, 12.2). */
class StartupShutdownTest {
    private static final int PLATFORM = 0x4000000C;
    private static final int OWNER = 0x40000001;
    private static final int VALUE_OF_PARAMETER_1 = 0x1C4;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String READ_CLOCK = "80010000000A00000181";
    private static final byte[] AUTH = {'a'};

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @ParameterizedTest
    @CsvSource({
        "'',                       " + STARTUP_STATE + ", 1C4",
        "'',                       " + STARTUP_CLEAR + ", 000",
        SHUTDOWN_CLEAR + ",        " + STARTUP_STATE + ", 1C4",
        SHUTDOWN_CLEAR + ",        " + STARTUP_CLEAR + ", 000",
        SHUTDOWN_STATE + ",        " + STARTUP_STATE + ", 000",
        SHUTDOWN_STATE + ",        " + STARTUP_CLEAR + ", 000",
        "'', 80010000000C000001440002, 1C4",
    })
    void howAStartFollowsAShutdown(String shutdown, String startup, String code) {
        if (!shutdown.isEmpty()) {
            assertThat(tpm.code(shutdown)).isZero();
        }
        tpm.losePower();
        assertThat(tpm.code(startup)).isEqualTo(Integer.parseInt(code, 16));
        assertThat(tpm.code(READ_CLOCK)).isEqualTo(code.equals("000") ? 0 : 0x100);
    }

    @Test
    void aFailedStartupMayBeRepeatedAndASuccessfulOneNot() {
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.code(STARTUP_CLEAR)).isEqualTo(0x100);
    }

    @Test
    void resetCountsAndClearsRestartCount() {
        assertThat(resetAndRestartCount()).isEqualTo("00000001 00000000");
        restart("", STARTUP_CLEAR);
        assertThat(resetAndRestartCount()).isEqualTo("00000002 00000000");
        restart(SHUTDOWN_STATE, STARTUP_CLEAR);
        assertThat(resetAndRestartCount()).isEqualTo("00000002 00000001");
        restart(SHUTDOWN_STATE, STARTUP_STATE);
        assertThat(resetAndRestartCount()).isEqualTo("00000002 00000002");
        restart(SHUTDOWN_CLEAR, STARTUP_CLEAR);
        assertThat(resetAndRestartCount()).isEqualTo("00000003 00000000");
    }

    @Test
    void aLaunchCountsAsARestart() {
        tpm.measureLaunch("00");
        assertThat(resetAndRestartCount()).isEqualTo("00000001 00000001");
    }

    @Test
    void onlyAResumeKeepsStaticPcrs() {
        assertThat(pcrs.extend(0, 7)).isZero();
        assertThat(pcrs.extend(0, 16)).isZero();
        String extended = pcrs.value(7);
        restart(SHUTDOWN_STATE, STARTUP_STATE);
        assertThat(pcrs.value(7)).isEqualTo(extended);
        assertThat(pcrs.value(16)).isEqualTo("00".repeat(32));
        restart(SHUTDOWN_STATE, STARTUP_CLEAR);
        assertThat(pcrs.value(7)).isEqualTo("00".repeat(32));
    }

    @Test
    void onlyAResumeKeepsPlatformAuth() {
        assertThat(changeAuth(PLATFORM, new byte[0])).isZero();
        restart(SHUTDOWN_STATE, STARTUP_STATE);
        assertThat(changeAuth(PLATFORM, AUTH)).isZero();
        restart(SHUTDOWN_STATE, STARTUP_CLEAR);
        assertThat(changeAuth(PLATFORM, new byte[0])).isZero();
        restart("", STARTUP_CLEAR);
        assertThat(changeAuth(PLATFORM, new byte[0])).isZero();
    }

    @Test
    void ownerAuthOutlivesEverything() {
        assertThat(changeAuth(OWNER, new byte[0])).isZero();
        restart("", STARTUP_CLEAR);
        assertThat(changeAuth(OWNER, AUTH)).isZero();
    }

    @Test
    void whatChangesSavedStateUndoesTheShutdown() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        assertThat(pcrs.extend(0, 0)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
    }

    @Test
    void whatIsNotSavedMayChangeAfterTheShutdown() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        assertThat(pcrs.extend(0, 16)).isZero();
        assertThat(tpm.code(READ_CLOCK)).isZero();
        assertThat(tpm.code("80010000000C0000017B0008")).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
    }

    /** As swtpm 0.7.1: to extend a PCR with nothing is to extend it. */
    @Test
    void extendingASavedPcrWithNothingUndoesTheShutdown() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        assertThat(TssCommand.of(0x182)
                        .handle(0)
                        .password()
                        .parameters("00000000")
                        .code(tpm))
                .isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
    }

    /** What is permanent anyway is no part of what TPM2_Shutdown saves. Codes are those of swtpm 0.7.1. */
    @ParameterizedTest
    @CsvSource({
        "DictionaryAttackLockReset, 139, 4000000A, '',                                                  000",
        "HierarchyChangeAuth,       129, 40000001, 0001 61,                                             000",
        "HierarchyChangeAuth,       129, 4000000C, 0001 61,                                             1C4",
        "NV_DefineSpace,            12A, 40000001, 0000 000E 01000001 000B 00020002 0000 0008,          000",
        "ClockSet,                  128, 40000001, 0000000100000000,                                    000",
        "SetPrimaryPolicy,          12E, 40000001, 0000 0010,                                           000",
        "SetPrimaryPolicy,          12E, 4000000C, 0000 0010,                                           1C4",
        "Clear,                     126, 4000000C, '',                                                  1C4",
    })
    void whatIsPermanentMayChangeAfterTheShutdown(
            String name, String commandCode, String handle, String parameters, String code) {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        int done = TssCommand.of(Integer.parseInt(commandCode, 16))
                .handle(Integer.parseUnsignedInt(handle, 16))
                .password()
                .parameters(parameters)
                .sendTo(tpm)
                .code();
        assertThat(done).as(name).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).as(name).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void shutdownTakesAnAuditSession() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        assertThat(TssCommand.of(0x145)
                        .authorization(TssAuthorization.extra(session, TssSession.CONTINUE | TssSession.AUDIT))
                        .parameters("0001")
                        .code(tpm))
                .isZero();
        restart("", STARTUP_STATE);
    }

    @Test
    void loadedSessionsEnd() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        restart(SHUTDOWN_STATE, STARTUP_STATE);
        assertThat(TssCommand.of(0x130)
                        .handle(OWNER)
                        .authorization(TssAuthorization.hmac(session, 0, new byte[0]))
                        .parameters("00")
                        .code(tpm))
                .isEqualTo(0x918);
    }

    @Test
    void aReadLockLastsUntilARestart() {
        TssNvIndex index =
                TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA | 0x80000000, AUTH, 8);
        index.writeAsOwner("0102030405060708");
        assertThat(TssCommand.of(0x14F)
                        .handle(OWNER)
                        .handle(index.handle(), index.name())
                        .password()
                        .code(tpm))
                .isZero();
        assertThat(index.read().password(AUTH).code(tpm)).isEqualTo(0x148);
        restart(SHUTDOWN_STATE, STARTUP_STATE);
        assertThat(index.read().password(AUTH).code(tpm)).isEqualTo(0x148);
        restart(SHUTDOWN_STATE, STARTUP_CLEAR);
        assertThat(index.readAsOwner()).isEqualTo("0102030405060708");
    }

    private int changeAuth(int hierarchy, byte[] old) {
        return TssCommand.of(0x129).handle(hierarchy).password(old).sized(AUTH).code(tpm);
    }

    private void restart(String shutdown, String startup) {
        if (!shutdown.isEmpty()) {
            assertThat(tpm.code(shutdown)).isZero();
        }
        tpm.losePower();
        assertThat(tpm.code(startup)).isZero();
    }

    private String resetAndRestartCount() {
        String response = tpm.send(READ_CLOCK);
        return response.substring(52, 60) + " " + response.substring(60, 68);
    }
}
