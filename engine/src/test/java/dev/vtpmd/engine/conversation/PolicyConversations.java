package dev.vtpmd.engine.conversation;

import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.EMPTY;
import static dev.vtpmd.engine.conversation.Client.NULL;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.sha256;
import static dev.vtpmd.engine.conversation.Client.sized;

/** Every policy command. */
final class PolicyConversations {
    private static final String ZEROS = "00".repeat(32);
    private static final String DIGEST = "0020" + "44".repeat(32);
    private static final String INDEX = "01500001";
    /** TPM_EO_EQ at offset 0. */
    private static final String EQUAL = "0000 0000";

    private PolicyConversations() {}

    static void assertions(Client client) {
        String session = session(client);
        client.plain(TpmCc.POLICY_OR, session, "00000002" + sized(ZEROS) + DIGEST);
        client.plain(TpmCc.POLICY_PCR, session, EMPTY + "00000001 000B 03 800000");
        client.plain(TpmCc.POLICY_LOCALITY, session, "01");
        client.plain(TpmCc.POLICY_COMMAND_CODE, session, "0000014E");
        client.plain(TpmCc.POLICY_PHYSICAL_PRESENCE, session, "");
        client.plain(TpmCc.POLICY_AUTH_VALUE, session, "");
        client.plain(TpmCc.POLICY_PASSWORD, session, "");
        client.plain(TpmCc.POLICY_NV_WRITTEN, session, "01");
        client.plain(TpmCc.POLICY_COUNTER_TIMER, session, EMPTY + EQUAL);
        client.plain(TpmCc.POLICY_CAPABILITY, session, EMPTY + EQUAL + "00000006 00000100");
        client.plain(TpmCc.POLICY_TRANSPORT_SPDM, session, EMPTY + EMPTY);
        client.plain(TpmCc.POLICY_GET_DIGEST, session, "");
        oneHash(client, session, TpmCc.POLICY_CP_HASH, DIGEST);
        oneHash(client, session, TpmCc.POLICY_NAME_HASH, DIGEST);
        oneHash(client, session, TpmCc.POLICY_TEMPLATE, DIGEST);
        oneHash(client, session, TpmCc.POLICY_PARAMETERS, DIGEST);
        oneHash(client, session, TpmCc.POLICY_DUPLICATION_SELECT, EMPTY + EMPTY + "01");
        oneHash(client, session, TpmCc.POLICY_AC_SEND_SELECT, EMPTY + EMPTY + EMPTY + "00");
    }

    static void ticketsAndSignatures(Client client) {
        String session = session(client);
        String inAMinute = "FFFFFFC4";
        String answer = client.run(TpmCc.POLICY_SECRET, 1, OWNER + session, EMPTY + EMPTY + EMPTY + inAMinute);
        client.plain(TpmCc.POLICY_RESTART, session, "");
        String timeout = Client.sized(answer, 0);
        client.plain(TpmCc.POLICY_TICKET, session, timeout + EMPTY + EMPTY + sized(OWNER) + Client.after(answer, 1));
        String key = client.primary(OWNER, Client.SIGNING_KEY);
        String signature = sign(client, key, sha256("00000000"));
        client.plain(TpmCc.POLICY_SIGNED, key + session, EMPTY + EMPTY + EMPTY + "00000000" + signature);
        client.plain(TpmCc.POLICY_RESTART, session, "");
        String approved = sha256(ZEROS);
        String ticket = client.plain(TpmCc.VERIFY_SIGNATURE, key, sized(approved) + sign(client, key, approved));
        client.plain(TpmCc.POLICY_AUTHORIZE, session, sized(ZEROS) + EMPTY + client.name(key) + ticket);
    }

    static void indices(Client client) {
        String session = session(client);
        String policy = "000B" + ZEROS;
        client.run(TpmCc.NV_DEFINE_SPACE, 1, OWNER, EMPTY + sized(INDEX + "000B 02060006 0000 0022"));
        client.run(TpmCc.NV_WRITE, 1, OWNER + INDEX, sized(policy) + "0000");
        client.run(TpmCc.POLICY_AUTHORIZE_NV, 1, OWNER + INDEX + session, "");
        client.run(TpmCc.POLICY_NV, 1, OWNER + INDEX + session, sized("000B") + EQUAL);
    }

    private static void oneHash(Client client, String session, TpmCc code, String parameters) {
        client.plain(TpmCc.POLICY_RESTART, session, "");
        client.plain(code, session, parameters);
    }

    private static String sign(Client client, String key, String digest) {
        return client.run(TpmCc.SIGN, 1, key, sized(digest) + "0010" + "8024" + NULL + EMPTY);
    }

    private static String session(Client client) {
        client.plain(TpmCc.START_AUTH_SESSION, NULL + NULL, sized("5A".repeat(32)) + EMPTY + "01 0010 000B");
        return client.handle();
    }
}
