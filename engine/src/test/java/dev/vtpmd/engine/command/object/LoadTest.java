package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Create, TPM2_Load and TPM2_Unseal on a sealed object; the codes are those of Part 3 and of swtpm 0.7.1. */
class LoadTest {
    private final TestTpm tpm = TestTpm.started();
    private String parent;
    private List<String> areas;

    @BeforeEach
    void seal() {
        parent = ObjectCommands.createStorageKey(tpm, "40000001");
        areas = ObjectCommands.seal(tpm, parent);
    }

    @Test
    void unsealsWhatWasSealed() {
        String item = ObjectCommands.load(tpm, parent, areas);
        assertThat(tpm.send(ObjectCommands.unseal(item)))
                .startsWith("8002 0000001B 00000000 00000008 0006 736563726574".replace(" ", ""));
    }

    @Test
    void refusesTheWrongAuthValue() {
        String item = ObjectCommands.load(tpm, parent, areas);
        String command = ObjectCommands.unseal(item).replace("00027077", "00027078");
        assertThat(tpm.code(command)).isEqualTo(0x98E);
    }

    @Test
    void refusesAChangedPrivateArea() {
        String outPrivate = areas.getFirst();
        char last = outPrivate.charAt(outPrivate.length() - 1);
        String changed = outPrivate.substring(0, outPrivate.length() - 1) + (last == '0' ? '1' : '0');
        assertThat(loadCode(changed, areas.get(1))).isEqualTo(0x1DF);
    }

    @Test
    void refusesAnotherPublicArea() {
        assertThat(loadCode(areas.getFirst(), areas.get(1).replaceFirst("00000052", "00000012")))
                .isEqualTo(0x1DF);
    }

    @Test
    void refusesAPrivateAreaThatIsEmptyOrCutOff() {
        assertThat(loadCode("0000", areas.get(1))).isEqualTo(0x1D5);
        assertThat(loadCode("0001 00", areas.get(1))).isEqualTo(0x1DA);
        assertThat(loadCode("0004 0041 0000", areas.get(1))).isEqualTo(0x1D5);
    }

    @Test
    void refusesAnObjectOfAnotherParent() {
        String other = ObjectCommands.createStorageKey(tpm, "4000000B");
        String body = other + "00000009 40000009 0000 01 0000" + areas.get(0) + areas.get(1);
        assertThat(tpm.code(ObjectCommands.command("8002", "00000157", body))).isEqualTo(0x1DF);
    }

    private int loadCode(String inPrivate, String inPublic) {
        String body = parent + "00000009 40000009 0000 01 0000" + inPrivate + inPublic;
        return tpm.code(ObjectCommands.command("8002", "00000157", body));
    }
}
