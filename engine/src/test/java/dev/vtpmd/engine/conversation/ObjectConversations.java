package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.object.TestKeys;
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
import static dev.vtpmd.engine.conversation.Client.policyFor;
import static dev.vtpmd.engine.conversation.Client.sized;

/** Objects: creation, loading, duplication, credentials, contexts. */
final class ObjectConversations {
    private static final String SEALED = "0008 000B 00000052 0000 0010 0000";
    private static final String DERIVATION_PARENT = "0008 000B 00030072 0000 000A 000B 0022 0000";
    private static final String PERSISTENT = "81000001";

    private ObjectConversations() {}

    static void objects(Client client) {
        String parent = client.primary(OWNER, Client.STORAGE_KEY);
        String secret = sized(EMPTY + sized("736563726574"));
        String created = client.run(TpmCc.CREATE, 1, parent, secret + sized(SEALED) + NO_CREATION_DATA);
        String sealed = load(client, parent, created);
        client.plain(TpmCc.READ_PUBLIC, sealed, "");
        client.run(TpmCc.UNSEAL, 1, sealed, "");
        client.run(TpmCc.OBJECT_CHANGE_AUTH, 1, sealed + parent, sized("6E6577"));
        client.flush(sealed);
        client.run(TpmCc.CREATE_LOADED, 1, parent, NO_SENSITIVE + sized(Client.SIGNING_KEY));
        client.flush(client.handle(), parent);
        derivation(client);
        String point = "0020" + TestKeys.ECC_X + "0020" + TestKeys.ECC_Y;
        String inPrivate = sized("0023 0000 0000 0020" + TestKeys.ECC_SCALAR);
        String inPublic = sized("0023 000B 00060040 0000 0010 0010 0003 0010" + point);
        client.plain(TpmCc.LOAD_EXTERNAL, "", inPrivate + inPublic + NULL);
        client.flush(client.handle());
        client.plain(TpmCc.LOAD_EXTERNAL, "", EMPTY + inPublic + OWNER);
    }

    private static void derivation(Client client) {
        String parent = client.primary(OWNER, DERIVATION_PARENT);
        String labels = sized("6C") + sized("63");
        client.run(
                TpmCc.CREATE_LOADED,
                1,
                parent,
                NO_SENSITIVE + sized("0023 000B 00040052 0000 0010 0018 000B 0003 0010" + labels));
        client.flush(client.handle(), parent);
    }

    static void duplication(Client client) {
        String parent = client.primary(OWNER, Client.STORAGE_KEY);
        String other = client.primary(ENDORSEMENT, Client.STORAGE_KEY);
        String policy = sized(policyFor(TpmCc.DUPLICATE));
        String template = "0023 000B 00040060" + policy + "0010 0018 000B 0003 0010 0000 0000";
        String created = client.run(TpmCc.CREATE, 1, parent, NO_SENSITIVE + sized(template) + NO_CREATION_DATA);
        String publicArea = sized(created, 1);
        String key = load(client, parent, created);
        String name = client.name(key);
        for (String symmetric : new String[] {"0010", "0006 0080 0043"}) {
            String duplicate = duplicate(client, key, other, symmetric);
            String rewrapped = client.run(
                    TpmCc.REWRAP,
                    1,
                    other + parent,
                    after(duplicate, 1).substring(0, sized(duplicate, 1).length()) + name + sized(duplicate, 2));
            client.run(
                    TpmCc.IMPORT,
                    1,
                    parent,
                    sized(duplicate, 0) + publicArea + sized(rewrapped, 0) + sized(rewrapped, 1) + symmetric);
        }
    }

    private static String duplicate(Client client, String key, String newParent, String symmetric) {
        TssSession session = TssSession.policy(client.tpm(), TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        client.plain(TpmCc.POLICY_COMMAND_CODE, session.handleHex(), "%08X".formatted(TpmCc.DUPLICATE.value()));
        return client.run(
                TpmCc.DUPLICATE,
                TssCommand.of(TpmCc.DUPLICATE.value())
                        .handle(Integer.parseUnsignedInt(key, 16))
                        .handle(Integer.parseUnsignedInt(newParent, 16))
                        .authorization(TssAuthorization.policy(session, 0))
                        .parameters(EMPTY + symmetric));
    }

    static void credentials(Client client) {
        String key = client.primary(ENDORSEMENT, Client.STORAGE_KEY);
        String made = client.plain(TpmCc.MAKE_CREDENTIAL, key, sized("C0FFEE") + client.name(key));
        client.run(TpmCc.ACTIVATE_CREDENTIAL, 2, key + key, made);
    }

    static void contexts(Client client) {
        String key = client.primary(OWNER, Client.STORAGE_KEY);
        String context = client.plain(TpmCc.CONTEXT_SAVE, key, "");
        client.flush(key);
        client.plain(TpmCc.CONTEXT_LOAD, "", context);
        client.run(TpmCc.EVICT_CONTROL, 1, OWNER + client.handle(), PERSISTENT);
        client.plain(TpmCc.READ_PUBLIC, PERSISTENT, "");
        client.run(TpmCc.EVICT_CONTROL, 1, OWNER + PERSISTENT, PERSISTENT);
        client.plain(TpmCc.START_AUTH_SESSION, NULL + NULL, sized("5A".repeat(16)) + EMPTY + "00 0010 000B");
        String session = client.plain(TpmCc.CONTEXT_SAVE, client.handle(), "");
        client.plain(TpmCc.CONTEXT_LOAD, "", session);
        client.flush(client.handle());
    }

    /** Loads what TPM2_Create made, and gives its handle. */
    static String load(Client client, String parent, String created) {
        client.run(TpmCc.LOAD, 1, parent, sized(created, 0) + sized(created, 1));
        return client.handle();
    }
}
