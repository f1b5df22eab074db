package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PolicyCapability (Part 3, 23.25). Codes and the order of the checks are those of libtpms' implementation. */
class PolicyCapabilityTest {
    private static final int POLICY_CAPABILITY = 0x19B;
    private static final int POLICY = 0x126;
    private static final int EQ = 0;
    private static final int NEQ = 1;
    private static final int UNSIGNED_GE = 7;

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    /** Entries as TPM2_GetCapability has them (Part 2, 10.8 and 10.9), whole. */
    @ParameterizedTest
    @CsvSource({
        "0, 00000001, 000100000009, an algorithm with TPMA_ALGORITHM",
        "1, 40000001, 40000001, a permanent handle",
        "1, 00000007, 00000007, a PCR",
        "2, 0000017B, 0000017B, TPMA_CC of GetRandom",
        "3, 0000012D, 0000012D, a command that needs physical presence",
        "4, 00000140, 00000140, an audited command",
        "6, 00000100, 00000100322E3000, a property",
        "7, 00000000, 0000000003FFFF00, PCRs that are saved",
        "8, 00000003, 0003, a curve",
        "9, 40000001, 400000010010, a policy that is not there",
    })
    void comparesWithTheEntry(int capability, String property, String entry, String name) {
        assertThat(policy(entry, 0, EQ, capability, property)).as(name).isZero();
        assertThat(policy(entry, 0, NEQ, capability, property)).as(name).isEqualTo(POLICY);
        assertThat(policy(entry + "00", 0, EQ, capability, property)).as(name).isEqualTo(0x1D5);
    }

    @Test
    void listsSessionsByTheirNumber() {
        String loaded = "02" + session.handleHex().substring(2);
        assertThat(policy(loaded, 0, EQ, 1, loaded)).isZero();
        assertThat(policy("", 0, EQ, 1, "02000005")).isEqualTo(POLICY);
    }

    @Test
    void theDigestCoversAllParameters() {
        assertThat(policy("000000B7", 4, UNSIGNED_GE, 6, "00000102")).isZero();
        byte[] arguments = TssCrypto.SHA256.digest(
                HexFormat.of().parseHex("000000B7" + "0004" + "0007" + "00000006" + "00000102"));
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy().then(POLICY_CAPABILITY, arguments).digest());
    }

    @Test
    void whatTheTpmDoesNotHaveOnlyDiffers() {
        assertThat(policy("", 0, EQ, 1, "01500001")).isEqualTo(POLICY);
        assertThat(policy("0000", 99, NEQ, 1, "01500001")).isZero();
        assertThat(policy("", 0, EQ, 6, "000001FF")).isEqualTo(POLICY);
    }

    @Test
    void refusesWhatIsNotListed() {
        assertThat(policy("", 0, EQ, 5, "00000000")).isEqualTo(0x4C4);
        assertThat(policy("", 0, EQ, 0x100, "00000000")).isEqualTo(0x4C4);
        assertThat(policy("", 0, EQ, 0x99, "00000000")).isEqualTo(0x4C4);
        assertThat(policy("", 0, EQ, 1, "99000000")).isEqualTo(0x5CB);
        assertThat(policy("", 0, EQ, 9, "01000000")).isEqualTo(0x5C4);
        assertThat(policy("", 0, EQ, 10, "40000001")).isEqualTo(0x5C4);
        assertThat(policy("", 5, EQ, 1, "40000001")).isEqualTo(0x2C4);
        assertThat(policy("", 4, EQ, 1, "40000001")).isZero();
        assertThat(policy("", 0, 12, 1, "40000001")).isEqualTo(0x3C4);
    }

    @Test
    void aTrialDoesNotCompare() {
        TssSession trial = TssSession.trial(tpm, TssCrypto.SHA256);
        assertThat(policy(trial, "FFFF", 99, EQ, 1, "99000000")).isZero();
        assertThat(policy(trial, "", 0, EQ, 0x99, "00000000")).isEqualTo(0x4C4);
    }

    private int policy(String operand, int offset, int operation, int capability, String property) {
        return policy(session, operand, offset, operation, capability, property);
    }

    private int policy(TssSession in, String operand, int offset, int operation, int capability, String property) {
        return TssCommand.of(POLICY_CAPABILITY)
                .handle(in.handle())
                .sized(HexFormat.of().parseHex(operand))
                .parameters("%04X%04X%08X".formatted(offset, operation, capability) + property)
                .code(tpm);
    }
}
