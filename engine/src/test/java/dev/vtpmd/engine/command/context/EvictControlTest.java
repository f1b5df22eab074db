package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.object.ObjectCommands;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_EvictControl (Part 3, 28.5). Its response codes are in response-codes.csv. */
class EvictControlTest {
    private static final String STARTUP_CLEAR = "8001 0000000C 00000144 0000";
    private static final String EVICT = "40000001 %s 00000009 40000009 0000 01 0000 81000001";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void aPersistentObjectOutlivesItsTransientCopyAndTheTpmsPower() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        List<String> sealed = ObjectCommands.seal(tpm, key);
        ObjectCommands.send(tpm, "00000120", EVICT.formatted(key));
        assertThat(tpm.code("8001 0000000E 00000165" + key)).isZero();
        unsealUnder("81000001", sealed);
        tpm.losePower();
        tpm.code(STARTUP_CLEAR);
        unsealUnder("81000001", sealed);
    }

    @Test
    void aPersistentObjectThatIsDeletedIsGone() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        ObjectCommands.send(tpm, "00000120", EVICT.formatted(key));
        ObjectCommands.send(tpm, "00000120", EVICT.formatted("81000001"));
        assertThat(tpm.code("8001 0000000E 00000173 81000001")).isEqualTo(0x18B);
    }

    @Test
    void leavesTheTpmAsItWasWhenStorageFails() {
        String key = ObjectCommands.createStorageKey(tpm, "40000001");
        tpm.storageFails(true);
        assertThat(tpm.code(ObjectCommands.command("8002", "00000120", EVICT.formatted(key))))
                .isNotZero();
        tpm.storageFails(false);
        assertThat(tpm.code("8001 0000000E 00000173 81000001")).isEqualTo(0x18B);
    }

    private void unsealUnder(String parent, List<String> sealed) {
        String item = ObjectCommands.load(tpm, parent, sealed);
        assertThat(tpm.code(ObjectCommands.unseal(item))).isZero();
        tpm.code("8001 0000000E 00000165" + item);
    }
}
