package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Policy_AC_SendSelect: digests as Part 3, 32.4 says, codes as the TCG's reference code answers. */
class PolicyAcSendSelectTest {
    private static final int POLICY_AC_SEND_SELECT = 0x196;
    private static final String OBJECT = "000B" + "11".repeat(32);
    private static final String AUTH_HANDLE = "40000001";
    private static final String COMPONENT = "90000000";

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    @Test
    void theDigestCoversTheObjectIfItIsIncluded() {
        assertThat(select("01")).isZero();
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy()
                        .then(POLICY_AC_SEND_SELECT, bytes(OBJECT + AUTH_HANDLE + COMPONENT + "01"))
                        .digest());
        assertThat(TssCommand.of(0x180).handle(session.handle()).code(tpm)).isZero();
        assertThat(select("00")).isZero();
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy()
                        .then(POLICY_AC_SEND_SELECT, bytes(AUTH_HANDLE + COMPONENT + "00"))
                        .digest());
    }

    @Test
    void bindsTheSessionToNamesAndCommand() {
        assertThat(select("01")).isZero();
        assertThat(select("01")).isEqualTo(0x151);
        assertThat(commandCode("0000014B")).isEqualTo(0x1C4);
    }

    @Test
    void doesNotJoinAnotherCommand() {
        assertThat(commandCode("0000014B")).isZero();
        assertThat(select("01")).isEqualTo(0x143);
    }

    @Test
    void refusesWrongParameters() {
        assertThat(select("02")).isEqualTo(0x4C4);
        assertThat(select("")).isEqualTo(0x4DA);
        assertThat(select("0100")).isEqualTo(0x095);
    }

    private int select(String includeObject) {
        return TssCommand.of(POLICY_AC_SEND_SELECT)
                .handle(session.handle())
                .sized(bytes(OBJECT))
                .sized(bytes(AUTH_HANDLE))
                .sized(bytes(COMPONENT))
                .parameters(includeObject)
                .code(tpm);
    }

    private int commandCode(String code) {
        return TssCommand.of(0x16C).handle(session.handle()).parameters(code).code(tpm);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
