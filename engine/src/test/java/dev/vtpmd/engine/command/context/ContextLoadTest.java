package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.object.ObjectCommands;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_ContextSave and TPM2_ContextLoad (Part 1, 30; Part 3, 28.2 and 28.3). */
class ContextLoadTest {
    private static final String STARTUP_CLEAR = "8001 0000000C 00000144 0000";
    private static final String SHUTDOWN_STATE = "8001 0000000C 00000145 0001";
    private static final String HMAC_SESSION = "40000007 40000007 0010" + "5A".repeat(16) + "0000 00 0010 000B";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void savedObjectIsTheSameWhenItIsLoaded() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        String context = save(key);
        assertThat(context).startsWith("0000000000000001" + "80000000" + "40000001");
        String again = ObjectCommands.handle(load(context));
        assertThat(again).isEqualTo("80000001");
        assertThat(readPublic(again)).isEqualTo(readPublic(key));
    }

    @Test
    void everyContextOfAnObjectHasItsOwnSequenceNumber() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        save(key);
        assertThat(save(key)).startsWith("0000000000000002");
    }

    @Test
    void refusesAContextOfWhichAnythingWasChanged() {
        String context = save(ObjectCommands.createStorageKey(tpm, "40000001"));
        assertThat(loadCode("0000000000000009" + context.substring(16))).isEqualTo(0x1DF);
        assertThat(loadCode(context.substring(0, 16) + "80000002" + context.substring(24)))
                .isEqualTo(0x1DF);
        assertThat(loadCode(context.substring(0, 24) + "40000007" + context.substring(32)))
                .isEqualTo(0x1DF);
        assertThat(loadCode(context.substring(0, 32) + "0000")).isEqualTo(0x09A);
        assertThat(loadCode(context.substring(0, 32) + "0003 0001 00")).isEqualTo(0x1D5);
    }

    @Test
    void aResetEndsContextsAndARestartOnlyThoseOfStClearObjects() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        String context = save(key);
        tpm.code(SHUTDOWN_STATE);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(loadCode(context)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(loadCode(context)).isEqualTo(0x1DF);
    }

    @Test
    void aSessionContextCanBeLoadedOnce() {
        String session = ObjectCommands.handle(ObjectCommands.sendPlain(tpm, "00000176", HMAC_SESSION));
        String context = save(session);
        assertThat(context).startsWith("0000000000000004" + "02000000" + "40000007");
        assertThat(tpm.code("8001 0000000E 00000162" + session)).isEqualTo(0x910);
        assertThat(ObjectCommands.handle(load(context))).isEqualTo(session);
        assertThat(loadCode(context)).isEqualTo(0x1CB);
    }

    private String save(String handle) {
        return ObjectCommands.sendPlain(tpm, "00000162", handle).substring(20);
    }

    private String load(String context) {
        return ObjectCommands.sendPlain(tpm, "00000161", context);
    }

    private int loadCode(String context) {
        return tpm.code(ObjectCommands.command("8001", "00000161", context));
    }

    private String readPublic(String handle) {
        return ObjectCommands.sendPlain(tpm, "00000173", handle);
    }
}
