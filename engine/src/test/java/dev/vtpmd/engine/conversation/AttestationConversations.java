package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.EMPTY;
import static dev.vtpmd.engine.conversation.Client.ENDORSEMENT;
import static dev.vtpmd.engine.conversation.Client.NO_CREATION_DATA;
import static dev.vtpmd.engine.conversation.Client.NO_SENSITIVE;
import static dev.vtpmd.engine.conversation.Client.NULL;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.after;
import static dev.vtpmd.engine.conversation.Client.sized;

/** Attestations, audit, and anonymous signatures. */
final class AttestationConversations {
    private static final String NONCE = sized("0102030405060708");
    private static final String KEY_SCHEME = "0010";
    private static final String INDEX = "01500001";

    /** CN=A, from 2025 to 2035, with a critical keyUsage digitalSignature. */
    private static final String CERTIFICATE = "3050" + "300C310A300806035504030C0141"
            + "301E170D3235303130313030303030305A170D3335303130313030303030305A" + "300C310A300806035504030C0141"
            + "A3123010" + "300E0603551D0F0101FF040403020780";

    private AttestationConversations() {}

    static void attestation(Client client) {
        String created =
                client.run(TpmCc.CREATE_PRIMARY, 1, OWNER, NO_SENSITIVE + sized(Client.SIGNING_KEY) + NO_CREATION_DATA);
        String key = client.handle();
        // outPublic, creationData and creationHash stand before the ticket: tag, hierarchy and a TPM2B.
        String rest = after(created, 3);
        String ticket = rest.substring(0, 12) + sized(rest.substring(12), 0);
        client.run(TpmCc.CERTIFY, 2, key + key, NONCE + KEY_SCHEME);
        client.run(TpmCc.CERTIFY_CREATION, 1, key + key, NONCE + sized(created, 2) + KEY_SCHEME + ticket);
        client.run(TpmCc.QUOTE, 1, key, NONCE + KEY_SCHEME + "00000001 000B 03 FF0000");
        client.run(TpmCc.GET_TIME, 2, ENDORSEMENT + key, NONCE + KEY_SCHEME);
        client.run(TpmCc.NV_DEFINE_SPACE, 1, OWNER, EMPTY + sized(INDEX + "000B 02060006 0000 0008"));
        client.run(TpmCc.NV_WRITE, 1, OWNER + INDEX, sized("1122334455667788") + "0000");
        client.run(TpmCc.NV_CERTIFY, 2, key + OWNER + INDEX, NONCE + KEY_SCHEME + "0008 0000");
        client.run(TpmCc.NV_CERTIFY, 2, key + OWNER + INDEX, NONCE + KEY_SCHEME + "0000 0000");
        client.run(TpmCc.CERTIFY_X509, 2, key + key, EMPTY + KEY_SCHEME + sized(CERTIFICATE));
    }

    static void audit(Client client) {
        String key = client.primary(ENDORSEMENT, Client.SIGNING_KEY);
        String audited = "00000002 0000017B 0000017E";
        client.run(TpmCc.SET_COMMAND_CODE_AUDIT_STATUS, 1, OWNER, "0010" + audited + "00000000");
        client.plain(TpmCc.GET_RANDOM, "", "0004");
        client.run(TpmCc.GET_COMMAND_AUDIT_DIGEST, 2, ENDORSEMENT + key, NONCE + KEY_SCHEME);
        client.run(TpmCc.SET_COMMAND_CODE_AUDIT_STATUS, 1, OWNER, "0010 00000000" + audited);
        TssSession session = TssSession.hmac(client.tpm(), TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        client.run(
                TpmCc.READ_CLOCK,
                TssCommand.of(TpmCc.READ_CLOCK.value())
                        .authorization(TssAuthorization.extra(session, TssSession.CONTINUE | TssSession.AUDIT)));
        client.run(TpmCc.GET_SESSION_AUDIT_DIGEST, 2, ENDORSEMENT + key + session.handleHex(), NONCE + KEY_SCHEME);
    }

    static void anonymity(Client client) {
        for (String curve : new String[] {"0003", "0010"}) {
            String key =
                    client.primary(OWNER, "0023 000B 00040072 0000 0010 001A 000B 0000" + curve + "0010 0000 0000");
            String commitment = client.run(TpmCc.COMMIT, 1, key, sized(EMPTY + EMPTY) + EMPTY + EMPTY);
            String scheme = "001A 000B" + after(commitment, 3);
            client.run(TpmCc.SIGN, 1, key, sized("88".repeat(32)) + scheme + "8024" + NULL + EMPTY);
            client.flush(key);
        }
    }
}
