package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_SetCapability (Part 3, 30.4), with the response codes of the TCG's reference code, where nothing can be set either. */
class SetCapabilityTest {
    private static final int SET_CAPABILITY = 0x19F;
    private static final int READ_ONLY_CONTROL = 0x1A0;
    private static final int PLATFORM = 0x4000000C;
    private static final int SELECTOR_OF_PARAMETER_1 = 0x1D8;

    private final TestTpm tpm = TestTpm.started();

    @ParameterizedTest
    @ValueSource(ints = {0x40000001, 0x40000007, 0x4000000A, 0x4000000B, PLATFORM})
    void noHierarchyCanSetAnything(int authHandle) {
        assertThat(set(authHandle, "00000006" + "00000100" + "00000000")).isEqualTo(SELECTOR_OF_PARAMETER_1);
    }

    @Test
    void refusesWrongParameters() {
        assertThat(set(PLATFORM, "")).isEqualTo(0x1D5);
        assertThat(set(PLATFORM, "000000")).isEqualTo(0x1DA);
        assertThat(set(PLATFORM, "000000FF")).isEqualTo(0x1C4);
        assertThat(set(PLATFORM, "00000000")).isEqualTo(SELECTOR_OF_PARAMETER_1);
    }

    @Test
    void wantsTheAuthorizationOfAHierarchy() {
        assertThat(set(0x40000009, "00000000")).isEqualTo(0x184);
        assertThat(TssCommand.of(SET_CAPABILITY)
                        .handle(PLATFORM)
                        .sized(new byte[4])
                        .code(tpm))
                .isEqualTo(0x125);
        TssCommand wrong = TssCommand.of(SET_CAPABILITY).handle(PLATFORM).password(new byte[] {'w'});
        assertThat(wrong.sized(new byte[4]).code(tpm)).isEqualTo(0x9A2);
    }

    @Test
    void isRefusedInReadOnlyMode() {
        assertThat(TssCommand.of(READ_ONLY_CONTROL)
                        .handle(PLATFORM)
                        .password()
                        .parameters("01")
                        .code(tpm))
                .isZero();
        assertThat(set(PLATFORM, "00000000")).isEqualTo(0x156);
    }

    private int set(int authHandle, String data) {
        return TssCommand.of(SET_CAPABILITY)
                .handle(authHandle)
                .password()
                .sized(HexFormat.of().parseHex(data))
                .code(tpm);
    }
}
