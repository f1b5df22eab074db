package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_PolicyTransportSPDM (Part 3, 23.27). Digests are calculated here as the specification says; codes are those of the TCG's
 * reference code.
 */
class PolicyTransportSpdmTest {
    private static final int POLICY_TRANSPORT_SPDM = 0x1A1;
    private static final String NO_KEY = "0000";
    private static final String KEY = "0022 000B" + "22".repeat(32);

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    @Test
    void theDigestCoversTheNamesOfTheKeysIfThereAreAny() {
        assertThat(policy(NO_KEY + NO_KEY)).isZero();
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy().then(POLICY_TRANSPORT_SPDM).digest());
        restart();
        assertThat(policy(KEY + NO_KEY)).isZero();
        byte[] names = TssCrypto.SHA256.digest(HexFormat.of().parseHex((KEY + NO_KEY).replace(" ", "")));
        assertThat(TssPolicy.of(tpm, session))
                .isEqualTo(new TssPolicy().then(POLICY_TRANSPORT_SPDM, names).digest());
        restart();
        assertThat(policy(NO_KEY + KEY)).isZero();
    }

    @Test
    void isAssertedOnce() {
        assertThat(policy(NO_KEY + NO_KEY)).isZero();
        assertThat(policy(NO_KEY + NO_KEY)).isEqualTo(0x084);
        restart();
        assertThat(policy(NO_KEY + NO_KEY)).isZero();
    }

    @Test
    void namesMustBeNamesOfKeys() {
        assertThat(policy("0001 00" + NO_KEY)).isEqualTo(0x1D5);
        assertThat(policy("0004 0099 0000" + NO_KEY)).isEqualTo(0x1C3);
        assertThat(policy("0004 000B 0000" + NO_KEY)).isEqualTo(0x1D5);
        assertThat(policy(KEY + "0004 0099 0000")).isEqualTo(0x2C3);
        assertThat(policy(KEY + "0004 000B 0000")).isEqualTo(0x2D5);
    }

    @Test
    void noCommandComesThroughAnSpdmSession() {
        byte[] required = new TssPolicy().then(POLICY_TRANSPORT_SPDM).digest();
        TssNvIndex index = TssNvIndex.define(
                tpm,
                0x01500001,
                TssNvIndex.OWNER | TssNvIndex.POLICY_READ | TssNvIndex.NO_DA,
                new byte[0],
                required,
                8);
        index.writeAsOwner("0000000000000000");
        assertThat(policy(NO_KEY + NO_KEY)).isZero();
        TssCommand read = index.read().authorization(TssAuthorization.policy(session, TssSession.CONTINUE));
        assertThat(read.code(tpm)).isEqualTo(0x9B0);
        // The assertion is part of a saved state.
        tpm.suspendAndResume();
        assertThat(read.code(tpm)).isEqualTo(0x9B0);
    }

    private int policy(String parameters) {
        return TssCommand.of(POLICY_TRANSPORT_SPDM)
                .handle(session.handle())
                .parameters(parameters)
                .code(tpm);
    }

    private void restart() {
        assertThat(TssCommand.of(0x180).handle(session.handle()).code(tpm)).isZero();
    }
}
