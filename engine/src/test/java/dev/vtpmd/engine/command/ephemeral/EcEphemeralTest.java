package dev.vtpmd.engine.command.ephemeral;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCurve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_EC_Ephemeral. Sizes and response codes are those of swtpm 0.7.1. */
class EcEphemeralTest {
    private static final int EC_EPHEMERAL = 0x18E;

    /** Each curve with its identifier and the size of the answer. */
    @ParameterizedTest
    @CsvSource({
        "0001, 0034",
        "0002, 003C",
        "0003, 0044",
        "0004, 0064",
        "0005, 0088",
        "0010, 0044",
        "0011, 00A4",
        "0020, 0044"
    })
    void givesAPointOfAnyCurve(String curve, String size) {
        LoadedTpm tpm = new LoadedTpm("full");
        String first = tpm.run(EC_EPHEMERAL, "", curve);
        String second = tpm.run(EC_EPHEMERAL, "", curve);
        assertThat(first)
                .startsWith(size)
                .hasSize(4 + 2 * Integer.parseInt(size, 16) + 4)
                .endsWith("0000");
        assertThat(second).hasSameSizeAs(first).endsWith("0001");
        assertThat(second.substring(0, 40)).isNotEqualTo(first.substring(0, 40));
    }

    @ParameterizedTest
    @CsvSource({"P-192, 0001", "P-224, 0002", "P-256, 0003", "P-384, 0004", "P-521, 0005", "sm2p256v1, 0020"})
    void thePointIsOnTheCurve(String name, String curve) {
        String answer = new LoadedTpm("full").run(EC_EPHEMERAL, "", curve);
        assertThat(TssCurve.named(name)
                        .point(answer.substring(0, answer.length() - 4))
                        .isValid())
                .isTrue();
    }

    @Test
    void refusesCurvesThatAreNotOffered() {
        assertThat(new LoadedTpm("full").code(EC_EPHEMERAL, "", "0030")).isEqualTo(0x1E6);
        assertThat(new LoadedTpm().code(EC_EPHEMERAL, "", "0010")).isEqualTo(0x1E6);
        assertThat(new LoadedTpm().code(EC_EPHEMERAL, "", "0003 00")).isEqualTo(0x95);
    }

    /** State-reset data (Part 1, 12.2.3): the counter goes on over a TPM Resume and a TPM Restart. */
    @Test
    void numbersGoOnUntilATpmReset() {
        TestTpm tpm = TestTpm.started();
        assertThat(number(tpm)).isZero();
        shutdown(tpm, "0001");
        start(tpm, "0001");
        assertThat(number(tpm)).isEqualTo(1);
        shutdown(tpm, "0001");
        start(tpm, "0000");
        assertThat(number(tpm)).isEqualTo(2);
        tpm.suspendAndResume();
        assertThat(number(tpm)).isEqualTo(3);
        shutdown(tpm, "0000");
        start(tpm, "0000");
        assertThat(number(tpm)).isZero();
    }

    /** What Shutdown(STATE) saved would give the same ephemeral key a second time, which swtpm 0.7.1 does. */
    @Test
    void aNewKeyEndsTheOrderlyState() {
        TestTpm tpm = TestTpm.started();
        number(tpm);
        assertThat(tpm.code("80010000000C000001450001")).isZero();
        number(tpm);
        tpm.losePower();
        assertThat(tpm.code("80010000000C000001440001")).isEqualTo(0x1C4);
    }

    private static int number(TestTpm tpm) {
        byte[] answer =
                TssCommand.of(EC_EPHEMERAL).parameters("0003").sendTo(tpm).parameterBytes();
        return answer[answer.length - 2] << Byte.SIZE | answer[answer.length - 1];
    }

    private static void shutdown(TestTpm tpm, String type) {
        assertThat(tpm.code("80010000000C00000145" + type)).isZero();
        tpm.losePower();
    }

    private static void start(TestTpm tpm, String type) {
        assertThat(tpm.code("80010000000C00000144" + type)).isZero();
    }
}
