package dev.vtpmd.engine.session;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Loaded and saved sessions, and the gap between their contexts (Part 1, 30.5 and 30.6). */
class SessionContextTest {
    private static final int SESSION_MEMORY = 0x903;
    private static final int SESSION_HANDLES = 0x905;
    private static final int NOT_LOADED = 0x910;
    private static final int CONTEXT_GAP = 0x901;
    private static final int HANDLE_OF_PARAMETER_1 = 0x1CB;
    private static final String START =
            "8001 0000002B 00000176 40000007 40000007 0010" + "11".repeat(16) + "0000 00 0010 000B";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void threeSessionsAreLoaded() {
        start();
        start();
        start();
        assertThat(tpm.code(START)).isEqualTo(SESSION_MEMORY);
        assertThat(flush("02000001")).isZero();
        assertThat(start()).isEqualTo("02000001");
    }

    @Test
    void aSavedSessionKeepsItsNumber() {
        String context = save(start());
        assertThat(start()).isEqualTo("02000001");
        assertThat(load(context)).isZero();
        assertThat(load(context)).isEqualTo(HANDLE_OF_PARAMETER_1);
    }

    @Test
    void aSavedSessionIsNotLoaded() {
        String handle = start();
        save(handle);
        assertThat(tpm.code("8001 0000000E 00000162" + handle)).isEqualTo(NOT_LOADED);
        assertThat(flush(handle)).isZero();
        assertThat(flush(handle)).isEqualTo(HANDLE_OF_PARAMETER_1);
    }

    @Test
    void anOlderContextOfASessionIsWorthless() {
        String handle = start();
        String older = save(handle);
        assertThat(load(older)).isZero();
        String newer = save(handle);
        assertThat(load(older)).isEqualTo(HANDLE_OF_PARAMETER_1);
        assertThat(load(newer)).isZero();
    }

    @Test
    void aLoadedSessionGoesOnWhereItWas() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, 0x40000001, new byte[0]);
        TssAuthorization encrypting = TssAuthorization.extra(session, TssSession.CONTINUE | TssSession.ENCRYPT);
        String context = save(session.handleHex());
        assertThat(load(context)).isZero();
        assertThat(TssCommand.of(0x17B)
                        .authorization(encrypting)
                        .parameters("0008")
                        .code(tpm))
                .isZero();
    }

    @Test
    void sixtyFourSessionsAreActive() {
        List<String> contexts = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            contexts.add(save(start()));
        }
        assertThat(tpm.code(START)).isEqualTo(SESSION_HANDLES);
        assertThat(load(contexts.get(17))).isZero();
        assertThat(tpm.code(START)).isEqualTo(SESSION_HANDLES);
        assertThat(flush("02000011")).isZero();
        assertThat(start()).isEqualTo("02000011");
    }

    @Test
    void savedSessionsSurviveARestartAndAResumeButNotAReset() {
        String first = save(start());
        String second = save(start());
        restart("80010000000C000001450001", "80010000000C000001440001");
        assertThat(load(first)).isZero();
        restart("80010000000C000001450001", "80010000000C000001440000");
        assertThat(load(second)).isZero();
        String third = save("02000001");
        restart("80010000000C000001450000", "80010000000C000001440000");
        assertThat(load(third)).isEqualTo(0x1DF);
    }

    /** After one saved session, 65531 contexts more: then it must be loaded first (counters 0 to 3 are left out). */
    @Test
    void theOldestContextLimitsHowManyMoreAreSaved() {
        String oldest = save(start());
        String other = start();
        String context = "";
        for (int i = 0; i < 65_531; i++) {
            context = save(other);
            assertThat(load(context)).isZero();
        }
        assertThat(tpm.code("8001 0000000E 00000162" + other)).isEqualTo(CONTEXT_GAP);
        start();
        assertThat(tpm.code(START)).isEqualTo(CONTEXT_GAP);
        assertThat(load(oldest)).isZero();
        assertThat(flush("02000000")).isZero();
        assertThat(tpm.code("8001 0000000E 00000162" + other)).isZero();
    }

    private String start() {
        String response = tpm.send(START);
        assertThat(TestTpm.codeOf(response)).isZero();
        return response.substring(20, 28);
    }

    private String save(String handle) {
        String response = tpm.send("8001 0000000E 00000162" + handle);
        assertThat(TestTpm.codeOf(response)).isZero();
        return response.substring(20);
    }

    private int load(String context) {
        return tpm.code("8001 %08X 00000161".formatted(10 + context.length() / 2) + context);
    }

    private int flush(String handle) {
        return tpm.code("8001 0000000E 00000165" + handle);
    }

    private void restart(String shutdown, String startup) {
        assertThat(tpm.code(shutdown)).isZero();
        tpm.losePower();
        assertThat(tpm.code(startup)).isZero();
    }
}
