package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.EMPTY;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.PLATFORM;
import static dev.vtpmd.engine.conversation.Client.policyFor;
import static dev.vtpmd.engine.conversation.Client.sized;

/** NV indices of every type. */
final class NvConversations {
    private static final String ORDINARY = "01500001";
    private static final String COUNTER = "01500002";
    private static final String BITS = "01500003";
    private static final String EXTEND = "01500004";
    private static final String PIN = "01500005";
    private static final String SPECIAL = "01400006";

    private NvConversations() {}

    static void indices(Client client) {
        // READ_STCLEAR, WRITEDEFINE, GLOBALLOCK, and what all have: NO_DA, owner and index authorization read and
        // write.
        define(client, ORDINARY, "820F2006".replace("0F", "06"), "0010");
        client.plain(TpmCc.NV_READ_PUBLIC, ORDINARY, "");
        client.run(TpmCc.NV_WRITE, 1, OWNER + ORDINARY, sized("99".repeat(8)) + "0008");
        client.run(TpmCc.NV_READ, 1, ORDINARY + ORDINARY, "0010 0000");
        client.run(TpmCc.NV_READ_LOCK, 1, OWNER + ORDINARY, "");
        client.run(TpmCc.NV_WRITE_LOCK, 1, OWNER + ORDINARY, "");
        define(client, COUNTER, "02060016", "0008");
        client.run(TpmCc.NV_INCREMENT, 1, OWNER + COUNTER, "");
        define(client, BITS, "02060026", "0008");
        client.run(TpmCc.NV_SET_BITS, 1, OWNER + BITS, "8000000000000001");
        define(client, EXTEND, "02060046", "0020");
        client.run(TpmCc.NV_EXTEND, 1, OWNER + EXTEND, sized("616263"));
        // A PIN pass index, written by the owner only.
        define(client, PIN, "02060092", "0008");
        client.run(TpmCc.NV_WRITE, 1, OWNER + PIN, sized("0000000000000003") + "0000");
        client.run(TpmCc.NV_GLOBAL_WRITE_LOCK, 1, OWNER, "");
        client.run(TpmCc.NV_UNDEFINE_SPACE, 1, OWNER + BITS, "");
        client.run(TpmCc.NV_DEFINE_SPACE2, 1, OWNER, EMPTY + sized("01" + BITS + "000B 0E060006 0000 0008"));
        client.plain(TpmCc.NV_READ_PUBLIC2, BITS, "");
    }

    static void policies(Client client) {
        String changeable = "02060006" + sized(policyFor(TpmCc.NV_CHANGE_AUTH));
        client.run(TpmCc.NV_DEFINE_SPACE, 1, OWNER, EMPTY + sized(ORDINARY + "000B" + changeable + "0008"));
        withPolicy(client, TpmCc.NV_CHANGE_AUTH, ORDINARY, sized("6E6577"), false);
        String deletable = "42010401" + sized(policyFor(TpmCc.NV_UNDEFINE_SPACE_SPECIAL));
        client.run(TpmCc.NV_DEFINE_SPACE, 1, PLATFORM, EMPTY + sized(SPECIAL + "000B" + deletable + "0008"));
        withPolicy(client, TpmCc.NV_UNDEFINE_SPACE_SPECIAL, SPECIAL, "", true);
    }

    private static void withPolicy(Client client, TpmCc code, String index, String parameters, boolean platform) {
        TssSession session = TssSession.policy(client.tpm(), TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        client.plain(TpmCc.POLICY_COMMAND_CODE, session.handleHex(), "%08X".formatted(code.value()));
        TssCommand command = TssCommand.of(code.value()).handle(Integer.parseUnsignedInt(index, 16));
        command.authorization(TssAuthorization.policy(session, 0));
        if (platform) {
            command.handle(Integer.parseUnsignedInt(PLATFORM, 16)).password();
        }
        client.run(code, command.parameters(parameters));
    }

    private static void define(Client client, String index, String attributes, String size) {
        client.run(TpmCc.NV_DEFINE_SPACE, 1, OWNER, EMPTY + sized(index + "000B" + attributes + "0000" + size));
    }
}
