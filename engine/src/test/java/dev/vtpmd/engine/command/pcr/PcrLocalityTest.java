package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssPcrs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may change which PCR: PC Client Platform TPM Profile, 4.6.2, with the reset localities that swtpm has. */
class PcrLocalityTest {
    private static final int LOCALITY = 0x907;
    private static final int VALUE_OF_HANDLE_1 = 0x184;

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @ParameterizedTest
    @CsvSource({
        "0, 01234",
        "15, 01234",
        "16, 01234",
        "17, 234",
        "18, 234",
        "19, 23",
        "20, 123",
        "21, 2",
        "22, 2",
        "23, 01234"
    })
    void extendsFromItsLocalitiesOnly(int pcr, String localities) {
        for (int locality = 0; locality <= 4; locality++) {
            boolean allowed = localities.contains(Integer.toString(locality));
            assertThat(pcrs.extend(locality, pcr)).as("locality " + locality).isEqualTo(allowed ? 0 : LOCALITY);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "15, ''", "16, 0123", "17, ''", "18, ''", "19, ''", "20, 23", "21, 23", "22, 23", "23, 0123"})
    void resetsFromItsLocalitiesOnly(int pcr, String localities) {
        for (int locality = 0; locality <= 4; locality++) {
            boolean allowed = localities.contains(Integer.toString(locality));
            assertThat(pcrs.reset(locality, pcr)).as("locality " + locality).isEqualTo(allowed ? 0 : LOCALITY);
        }
    }

    @Test
    void aResetPcrIsZero() {
        assertThat(pcrs.value(20)).isEqualTo("FF".repeat(32));
        assertThat(pcrs.reset(2, 20)).isZero();
        assertThat(pcrs.value(20)).isEqualTo("00".repeat(32));
    }

    @Test
    void thereIsNoPcr24() {
        assertThat(pcrs.reset(0, 24)).isEqualTo(VALUE_OF_HANDLE_1);
        assertThat(pcrs.extend(0, 24)).isEqualTo(VALUE_OF_HANDLE_1);
    }

    @Test
    void noPcrIsResetByNull() {
        assertThat(pcrs.reset(0, 0x40000007)).isEqualTo(VALUE_OF_HANDLE_1);
    }
}
