package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PCR_Allocate (Part 3, 22.5). */
class PcrAllocateTest {
    private static final int PLATFORM = 0x4000000C;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String READ_SHA1_AND_SHA256 =
            "80010000001A0000017E 00000002" + "000403010000" + "000B03010000";
    private static final String ONLY_SHA256 =
            "00000004" + "000403000000" + "000B03FFFFFF" + "000C03000000" + "000D03000000";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void takesEffectWithTheNextReset() {
        assertThat(allocate(ONLY_SHA256).parameters()).startsWith("01" + "00000018" + "00000300");
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403010000" + "000B03010000" + "00000002");
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403000000" + "000B03010000" + "00000001");
    }

    @Test
    void aBankThatIsNotMentionedStays() {
        assertThat(allocate("00000001" + "000403000000").code()).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403000000" + "000B03010000" + "00000001");
    }

    @Test
    void theNextStartCannotBeAResume() {
        assertThat(allocate(ONLY_SHA256).code()).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isEqualTo(0x1CA);
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
    }

    /** Codes are those of swtpm 0.7.1. */
    @Test
    void askingForTheAllocationInForceRulesOutAResumeToo() {
        String inForce = "00000001" + "000B03FFFFFF";
        assertThat(allocate(inForce).code()).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isEqualTo(0x1CA);
        tpm.suspendAndResume();
        assertThat(tpm.code(SHUTDOWN_STATE)).isEqualTo(0x1CA);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
    }

    @Test
    void aBankMustHoldTheFirmwaresPcr() {
        String none = "00000004" + "000403000000" + "000B03000000" + "000C03000000" + "000D03000000";
        assertThat(allocate(none).code()).isEqualTo(0x127);
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
    }

    /** Values are those of OpenSSL: the hash of zeros followed by the digest. */
    @ParameterizedTest
    @CsvSource({
        "0012, 20, 10573A5AE1708E71DA2DE53B27D932899DDB11EF845C1714DD6E8970B4ACB067",
        "0027, 20, 35E794F1B42C224A8E390CE37E141A8D74AA53E151C1D1B9A03F88C65ADB9E10",
        "0028, 30, EE375D65B5E6D376E27B93E956EE57786380EFC6363B677712C3344BCFA6A98D1B237CAB5412194D42AC75D9FB85620C",
        "0029, 40, 90511BF3FEA32F04FDD77B1532EFB5CAA04F97CA9C224D1C53F669DE141B1C8F"
                + "1D3543F2E76AAB1BFD1E9080352BA7EF20C6C20A2A5DC74E7291A179C1FA3B11"
    })
    void theOtherBanksOfTheFullProfileCanBeAllocated(String bank, String size, String extended) {
        TestTpm full = TestTpm.started("full");
        String read = "8001 00000014 0000017E 00000001" + bank + "03000001";
        assertThat(full.send(read)).as("no PCR yet").endsWith("00000001" + bank + "03000000" + "00000000");
        TssResponse allocated = TssCommand.of(0x12B)
                .handle(PLATFORM)
                .password()
                .parameters("00000001" + bank + "03FFFFFF")
                .sendTo(full);
        assertThat(allocated.parameters()).startsWith("01");
        full.losePower();
        assertThat(full.code(STARTUP_CLEAR)).isZero();

        TssResponse extend = TssCommand.of(0x182)
                .handle(16)
                .password()
                .parameters("00000001" + bank + "11".repeat(Integer.parseInt(size, 16)))
                .sendTo(full);

        assertThat(extend.code()).isZero();
        assertThat(full.send(read)).endsWith("00000001" + "00" + size + extended);
    }

    private TssResponse allocate(String selection) {
        return TssCommand.of(0x12B)
                .handle(PLATFORM)
                .password()
                .parameters(selection)
                .sendTo(tpm);
    }
}
