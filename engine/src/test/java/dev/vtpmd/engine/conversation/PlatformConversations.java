package dev.vtpmd.engine.conversation;

import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.EMPTY;
import static dev.vtpmd.engine.conversation.Client.LOCKOUT;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.PLATFORM;
import static dev.vtpmd.engine.conversation.Client.sized;

/** What firmware and administrators do. */
final class PlatformConversations {
    private static final String PCR_7 = "00000007";
    private static final String PCR_16 = "00000010";
    private static final String TWO_BANKS = "00000002 0004 03 810000 000B 03 810000";

    private PlatformConversations() {}

    static void testing(Client client) {
        client.plain(TpmCc.SELF_TEST, "", "00");
        client.plain(TpmCc.INCREMENTAL_SELF_TEST, "", "00000002 000B 0006");
        client.plain(TpmCc.GET_TEST_RESULT, "", "");
        client.plain(TpmCc.TEST_PARMS, "", "0001 0006 0080 0043 0010 0800 00010001");
        client.plain(TpmCc.TEST_PARMS, "", "0023 0010 0018 000B 0003 0010");
        client.plain(TpmCc.TEST_PARMS, "", "0008 000A 000B 0022");
        client.plain(TpmCc.TEST_PARMS, "", "0025 0006 0080 0043");
        for (int capability = 0; capability <= 10; capability++) {
            String property = capability == 1 ? "81000000" : capability == 9 ? "40000000" : "00000000";
            property = capability == 10 ? "40000110" : property;
            client.plain(TpmCc.GET_CAPABILITY, "", "%08X %s 00000040".formatted(capability, property));
        }
        client.plain(TpmCc.GET_RANDOM, "", "0020");
        client.plain(TpmCc.STIR_RANDOM, "", sized("00112233"));
        client.plain(TpmCc.SHUTDOWN, "", "0001");
    }

    static void pcrs(Client client) {
        String digests = "00000002 0004" + "11".repeat(20) + "000B" + "22".repeat(32);
        client.run(TpmCc.PCR_EXTEND, 1, PCR_7, digests);
        client.run(TpmCc.PCR_EVENT, 1, PCR_16, sized("616263"));
        client.plain(TpmCc.PCR_READ, "", TWO_BANKS);
        client.run(TpmCc.PCR_RESET, 1, PCR_16, "");
        // No PCR is in a group that has a policy or an authValue.
        client.refused(TpmCc.PCR_SET_AUTH_POLICY, 1, PLATFORM, EMPTY + "0010" + "00000014");
        client.refused(TpmCc.PCR_SET_AUTH_VALUE, 1, "00000014", sized("AA"));
        client.run(TpmCc.PCR_ALLOCATE, 1, PLATFORM, TWO_BANKS.replace("810000", "FFFFFF"));
    }

    static void hierarchies(Client client) {
        client.run(TpmCc.HIERARCHY_CHANGE_AUTH, 1, OWNER, sized("0000"));
        client.run(TpmCc.SET_PRIMARY_POLICY, 1, OWNER, sized("33".repeat(32)) + "000B");
        client.run(TpmCc.SET_PRIMARY_POLICY, 1, OWNER, EMPTY + "0010");
        client.run(TpmCc.HIERARCHY_CONTROL, 1, PLATFORM, OWNER + "00");
        client.run(TpmCc.HIERARCHY_CONTROL, 1, PLATFORM, OWNER + "01");
        client.run(TpmCc.READ_ONLY_CONTROL, 1, PLATFORM, "01");
        client.run(TpmCc.READ_ONLY_CONTROL, 1, PLATFORM, "00");
        client.run(TpmCc.CLEAR_CONTROL, 1, LOCKOUT, "01");
        client.run(TpmCc.CLEAR_CONTROL, 1, PLATFORM, "00");
        client.run(TpmCc.CHANGE_EPS, 1, PLATFORM, "");
        client.run(TpmCc.CHANGE_PPS, 1, PLATFORM, "");
        client.run(TpmCc.CLEAR, 1, LOCKOUT, "");
        client.run(TpmCc.DICTIONARY_ATTACK_LOCK_RESET, 1, LOCKOUT, "");
        client.run(TpmCc.DICTIONARY_ATTACK_PARAMETERS, 1, LOCKOUT, "00000020 00000010 00000010");
        client.run(TpmCc.PP_COMMANDS, 1, PLATFORM, "00000001 00000127 00000001 00000126");
        client.run(TpmCc.SET_ALGORITHM_SET, 1, PLATFORM, "00000001");
    }

    static void clockAndTimers(Client client) {
        client.plain(TpmCc.READ_CLOCK, "", "");
        client.run(TpmCc.CLOCK_SET, 1, OWNER, "0000000001000000");
        client.run(TpmCc.CLOCK_RATE_ADJUST, 1, OWNER, "01");
        client.run(TpmCc.ACT_SET_TIMEOUT, 1, "40000110", "00000003");
        // No component is attached, and no capability can be set.
        client.refused(TpmCc.AC_GET_CAPABILITY, 0, "90000000", "00000000 00000001");
        client.refused(TpmCc.AC_SEND, 2, "80000000" + OWNER + "90000000", EMPTY);
        client.refused(TpmCc.SET_CAPABILITY, 1, OWNER, "00000000" + EMPTY);
    }
}
