package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.NULL;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.sized;

/** Sessions of all kinds: HMACs, encryption both ways, audit, binding and salt. */
final class SessionConversations {
    private static final int OWNER_HANDLE = 0x40000001;
    private static final byte[] NONE = {};
    private static final byte[] AUTH = {'a', 'u', 't', 'h'};

    private SessionConversations() {}

    static void sessions(Client client) {
        encryption(client);
        audit(client);
        salt(client);
    }

    private static void encryption(Client client) {
        TssNvIndex index =
                TssNvIndex.define(client.tpm(), 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, AUTH, 8);
        TssSession cipher = TssSession.hmac(client.tpm(), TssCrypto.SHA256, TssSession.AES_128_CFB);
        TssSession xor = TssSession.bound(client.tpm(), TssCrypto.SHA1, TssSession.XOR_SHA256, OWNER_HANDLE, NONE);
        int both = TssSession.CONTINUE | TssSession.ENCRYPT;
        client.run(
                TpmCc.NV_WRITE,
                index.write()
                        .authorization(TssAuthorization.hmac(cipher, TssSession.CONTINUE | TssSession.DECRYPT, AUTH))
                        .sized(new byte[8])
                        .parameters("0000"));
        index.written();
        client.run(
                TpmCc.NV_READ,
                index.read()
                        .authorization(TssAuthorization.hmac(cipher, TssSession.CONTINUE, AUTH))
                        .authorization(TssAuthorization.extra(xor, both)));
        client.run(
                TpmCc.HASH,
                TssCommand.of(TpmCc.HASH.value())
                        .authorization(TssAuthorization.extra(xor, both | TssSession.DECRYPT))
                        .parameters("0003 616263 000B" + NULL));
        client.flush(cipher.handleHex(), xor.handleHex());
    }

    private static void audit(Client client) {
        TssSession session = TssSession.hmac(client.tpm(), TssCrypto.SHA384, TssSession.NO_SYMMETRIC);
        int attributes = TssSession.CONTINUE | TssSession.AUDIT;
        for (int exclusive : new int[] {0, TssSession.AUDIT_EXCLUSIVE, TssSession.AUDIT_RESET}) {
            client.run(
                    TpmCc.GET_RANDOM,
                    TssCommand.of(TpmCc.GET_RANDOM.value())
                            .authorization(TssAuthorization.extra(session, attributes | exclusive))
                            .parameters("0008"));
        }
        client.run(
                TpmCc.CLOCK_RATE_ADJUST,
                TssCommand.of(TpmCc.CLOCK_RATE_ADJUST.value())
                        .handle(OWNER_HANDLE)
                        .authorization(TssAuthorization.hmac(session, 0, NONE))
                        .parameters("00"));
    }

    /** The key's own public point is as good an ephemeral one as any, though nobody knows the salt then. */
    private static void salt(Client client) {
        String key = client.primary(OWNER, Client.STORAGE_KEY);
        String area = Client.sized(client.plain(TpmCc.READ_PUBLIC, key, ""), 0);
        String point = area.substring(area.length() - 2 * (2 + 32 + 2 + 32));
        String nonce = sized("5A".repeat(32));
        client.plain(TpmCc.START_AUTH_SESSION, key + NULL, nonce + sized(point) + "00 0010 000B");
        client.flush(client.handle());
        client.plain(TpmCc.START_AUTH_SESSION, key + OWNER, nonce + sized(point) + "01 0006 0100 0043 000C");
        client.plain(TpmCc.POLICY_RESTART, client.handle(), "");
        client.flush(client.handle(), key);
    }
}
