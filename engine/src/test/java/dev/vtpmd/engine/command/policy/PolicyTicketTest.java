package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PolicySecret with an expiration, and TPM2_PolicyTicket (Part 3, 23.4 and 23.5). */
class PolicyTicketTest {
    private static final int OWNER = 0x40000001;
    private static final int ENDORSEMENT = 0x4000000B;
    private static final int POLICY_SECRET = 0x151;
    private static final int POLICY_TICKET = 0x172;
    private static final int POLICY_RESTART = 0x180;
    private static final byte[] OWNER_NAME = {0x40, 0x00, 0x00, 0x01};
    private static final String NULL_TICKET = "0000" + "8023" + "40000007" + "0000";

    private final TestTpm tpm = TestTpm.started();
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
    private final byte[] policy =
            new TssPolicy().thenNamed(POLICY_SECRET, OWNER_NAME, new byte[0]).digest();

    @Test
    void aTicketStandsForTheSecretUntilItExpires() {
        String ticket = secret(-60);
        assertThat(ticket).startsWith("0008").contains("8023" + "40000001");
        restartSession();
        assertThat(ticket(ticket)).isZero();
        assertThat(TssPolicy.of(tpm, session)).isEqualTo(policy);
        restartSession();
        tpm.pass(61_000);
        assertThat(ticket(ticket)).isEqualTo(0x1E3);
    }

    @Test
    void onlyANegativeExpirationAsksForATicket() {
        assertThat(secret(0)).isEqualTo(NULL_TICKET);
        assertThat(secret(60)).isEqualTo(NULL_TICKET);
    }

    @Test
    void aTicketCannotBeForged() {
        String ticket = secret(-60);
        restartSession();
        String longer = "%04X%016X".formatted(8, Long.parseUnsignedLong(ticket.substring(4, 20), 16) + 1)
                + ticket.substring(20);
        assertThat(ticket(longer)).isEqualTo(0x5E0);
        assertThat(ticket("0007" + ticket.substring(4, 18) + ticket.substring(20)))
                .isEqualTo(0x1D5);
    }

    @Test
    void aTicketIsNothingForATrial() {
        String ticket = secret(-60);
        TssSession trial = TssSession.trial(tpm, TssCrypto.SHA256);
        assertThat(ticket(trial, ticket)).isEqualTo(0x182);
    }

    @Test
    void aPolicyExpires() {
        endorsementPolicy();
        secret(10);
        assertThat(use()).isZero();
        secret(10);
        tpm.pass(11_000);
        assertThat(use()).isEqualTo(0x9A3);
    }

    @Test
    void theNonceIsThatOfTheSession() {
        assertThat(secretCode("0010" + "00".repeat(16), 0)).isEqualTo(0x1CF);
        String nonce = HexFormat.of().formatHex(session.nonceTpm());
        assertThat(secretCode("0020" + nonce, -1)).isZero();
    }

    private void endorsementPolicy() {
        assertThat(TssCommand.of(0x12E)
                        .handle(ENDORSEMENT)
                        .password()
                        .sized(policy)
                        .parameters("000B")
                        .code(tpm))
                .isZero();
    }

    /** Changes the endorsement hierarchy's authValue to what it is. */
    private int use() {
        return TssCommand.of(0x129)
                .handle(ENDORSEMENT)
                .authorization(TssAuthorization.policy(session, TssSession.CONTINUE))
                .sized(new byte[0])
                .code(tpm);
    }

    private void restartSession() {
        assertThat(TssCommand.of(POLICY_RESTART).handle(session.handle()).code(tpm))
                .isZero();
    }

    /** The timeout and ticket of the response. */
    private String secret(int expiration) {
        TssResponse response = secretCommand("0000", expiration).sendTo(tpm);
        assertThat(response.code()).isZero();
        return response.parameters();
    }

    private int secretCode(String nonce, int expiration) {
        return secretCommand(nonce, expiration).code(tpm);
    }

    private TssCommand secretCommand(String nonce, int expiration) {
        return TssCommand.of(POLICY_SECRET)
                .handle(OWNER)
                .handle(session.handle())
                .password()
                .parameters(nonce + "0000" + "0000" + "%08X".formatted(expiration));
    }

    private int ticket(String timeoutAndTicket) {
        return ticket(session, timeoutAndTicket);
    }

    private int ticket(TssSession policySession, String timeoutAndTicket) {
        int timeoutEnd = 4 + 2 * Integer.parseInt(timeoutAndTicket.substring(0, 4), 16);
        return TssCommand.of(POLICY_TICKET)
                .handle(policySession.handle())
                .parameters(timeoutAndTicket.substring(0, timeoutEnd))
                .parameters("0000" + "0000")
                .sized(OWNER_NAME)
                .parameters(timeoutAndTicket.substring(timeoutEnd))
                .code(tpm);
    }
}
