package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static dev.vtpmd.engine.tss.TssSession.AUDIT;
import static dev.vtpmd.engine.tss.TssSession.AUDIT_EXCLUSIVE;
import static dev.vtpmd.engine.tss.TssSession.AUDIT_RESET;
import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

/** Session audit (Part 1, 19.6.13 and 32). */
class AuditSessionTest {
    private static final int ENDORSEMENT = 0x4000000B;
    private static final int NULL = 0x40000007;
    private static final int GET_SESSION_AUDIT_DIGEST = 0x14D;
    private static final int GET_RANDOM = 0x17B;
    private static final int FLUSH_CONTEXT = 0x165;
    private static final int EXCLUSIVE = 0x121;
    private static final int ATTRIBUTES_OF_SESSION_1 = 0x982;

    private final TestTpm tpm = TestTpm.started();

    @Test
    void theDigestIsThatOfTheCommandsAndResponses() {
        TssSession session = session();
        byte[] digest = new byte[32];
        for (String bytes : new String[] {"0004", "0008"}) {
            TssCommand command = random(bytes).authorization(TssAuthorization.extra(session, CONTINUE | AUDIT));
            byte[] cpHash = command.cpHash(TssCrypto.SHA256);
            TssResponse response = command.sendTo(tpm);
            digest = TssCrypto.SHA256.digest(digest, cpHash, response.rpHash(TssCrypto.SHA256, GET_RANDOM));
        }
        assertThat(attestedDigest(session))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(digest));
    }

    @Test
    void auditResetBeginsAnew() {
        TssSession session = session();
        use(session, CONTINUE | AUDIT);
        TssCommand command = random("0008");
        byte[] cpHash = command.cpHash(TssCrypto.SHA256);
        TssResponse response = command.authorization(TssAuthorization.extra(session, CONTINUE | AUDIT | AUDIT_RESET))
                .sendTo(tpm);
        byte[] digest = TssCrypto.SHA256.digest(new byte[32], cpHash, response.rpHash(TssCrypto.SHA256, GET_RANDOM));
        assertThat(attestedDigest(session))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(digest));
    }

    @Test
    void aSessionIsExclusiveUntilAnotherCommandSucceeds() {
        TssSession session = session();
        assertThat(use(session, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
        assertThat(use(session, CONTINUE | AUDIT | AUDIT_EXCLUSIVE)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
        assertThat(random("0008").code(tpm)).isZero();
        assertThat(code(session, CONTINUE | AUDIT | AUDIT_EXCLUSIVE)).isEqualTo(EXCLUSIVE);
        assertThat(use(session, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT);
        assertThat(use(session, CONTINUE | AUDIT | AUDIT_RESET))
                .isEqualTo(CONTINUE | AUDIT | AUDIT_RESET | AUDIT_EXCLUSIVE);
    }

    @Test
    void aFailedCommandLeavesExclusivity() {
        TssSession session = session();
        use(session, CONTINUE | AUDIT);
        assertThat(TssCommand.of(GET_RANDOM).code(tpm)).isEqualTo(0x1DA);
        assertThat(use(session, CONTINUE | AUDIT | AUDIT_EXCLUSIVE)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
    }

    /** Context management takes no sessions and so cannot be audited (Part 1, 19.6.13.4). */
    @Test
    void flushingAContextLeavesExclusivity() {
        TssSession session = session();
        TssSession other = session();
        use(session, CONTINUE | AUDIT);
        assertThat(TssCommand.of(FLUSH_CONTEXT).parameters(other.handleHex()).code(tpm))
                .isZero();
        assertThat(use(session, CONTINUE | AUDIT | AUDIT_EXCLUSIVE)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
    }

    @Test
    void twoSessionsTakeExclusivityFromEachOther() {
        TssSession first = session();
        TssSession second = session();
        assertThat(use(first, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
        assertThat(use(second, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT | AUDIT_EXCLUSIVE);
        assertThat(use(first, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT);
        assertThat(use(second, CONTINUE | AUDIT)).isEqualTo(CONTINUE | AUDIT);
    }

    @Test
    void exclusiveAndResetMeanNothingWithoutAudit() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, NULL, new byte[0]);
        int attributes = CONTINUE | TssSession.ENCRYPT | AUDIT_EXCLUSIVE | AUDIT_RESET;
        assertThat(use(session, attributes)).isEqualTo(attributes);
    }

    @Test
    void onlyOneSessionAuditsAndItIsNoPolicySession() {
        TssSession first = session();
        TssSession second = session();
        assertThat(random("0008")
                        .authorization(TssAuthorization.extra(first, CONTINUE | AUDIT))
                        .authorization(TssAuthorization.extra(second, CONTINUE | AUDIT))
                        .code(tpm))
                .isEqualTo(0xA82);
        TssSession policy = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        assertThat(code(policy, CONTINUE | AUDIT)).isEqualTo(ATTRIBUTES_OF_SESSION_1);
    }

    @Test
    void aSessionThatWasNeverUsedForAuditHasNoDigest() {
        TssSession session = session();
        assertThat(digestCommand(session).code(tpm)).isEqualTo(0x38A);
    }

    private TssSession session() {
        return TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
    }

    private int use(TssSession session, int attributes) {
        TssResponse response = random("0008")
                .authorization(TssAuthorization.extra(session, attributes))
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        return response.attributes().getFirst();
    }

    private int code(TssSession session, int attributes) {
        return random("0008")
                .authorization(TssAuthorization.extra(session, attributes))
                .code(tpm);
    }

    private static TssCommand random(String size) {
        return TssCommand.of(GET_RANDOM).parameters(size);
    }

    /** The digest at the end of the TPMS_ATTEST, whose signature is none. */
    private String attestedDigest(TssSession session) {
        String parameters = digestCommand(session).sendTo(tpm).parameters();
        assertThat(parameters).endsWith("0010");
        return parameters.substring(parameters.length() - 4 - 64, parameters.length() - 4);
    }

    private static TssCommand digestCommand(TssSession session) {
        return TssCommand.of(GET_SESSION_AUDIT_DIGEST)
                .handle(ENDORSEMENT)
                .handle(NULL)
                .handle(session.handle())
                .password()
                .password()
                .parameters("0000 0010");
    }
}
