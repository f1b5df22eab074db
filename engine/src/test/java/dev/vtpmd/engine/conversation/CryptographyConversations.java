package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.constant.TpmCc;

import static dev.vtpmd.engine.conversation.Client.EMPTY;
import static dev.vtpmd.engine.conversation.Client.NULL;
import static dev.vtpmd.engine.conversation.Client.OWNER;
import static dev.vtpmd.engine.conversation.Client.after;
import static dev.vtpmd.engine.conversation.Client.sized;

/** Keys that encrypt, decrypt, sign and hash. */
final class CryptographyConversations {
    private static final String NO_TICKET = "8024" + NULL + EMPTY;
    private static final String DIGEST = sized("55".repeat(32));
    private static final String IV = sized("000102030405060708090A0B0C0D0E0F");
    private static final String TEXT = sized("66".repeat(32));

    private CryptographyConversations() {}

    static void rsa(Client client) {
        String inPrivate = sized("0001 0000 0000 0040" + TestKeys.RSA_PRIME);
        String inPublic = sized("0001 000B 00060040 0000 0010 0010 0400 00000000 0080" + TestKeys.RSA_MODULUS);
        client.plain(TpmCc.LOAD_EXTERNAL, "", inPrivate + inPublic + NULL);
        String key = client.handle();
        for (String scheme : new String[] {"0015", "0017 000B"}) {
            String encrypted = client.plain(TpmCc.RSA_ENCRYPT, key, sized("6D") + scheme + EMPTY);
            client.run(TpmCc.RSA_DECRYPT, 1, key, encrypted + scheme + EMPTY);
        }
        for (String scheme : new String[] {"0014 000B", "0016 000B"}) {
            String signature = client.run(TpmCc.SIGN, 1, key, DIGEST + scheme + NO_TICKET);
            client.plain(TpmCc.VERIFY_SIGNATURE, key, DIGEST + signature);
        }
        client.flush(key);
        client.primary(OWNER, "0001 000B 00030472 0000 0006 0080 0043 0010 0400 00000000 0000");
    }

    static void ecc(Client client) {
        client.plain(TpmCc.ECC_PARAMETERS, "", "0003");
        String key = client.primary(OWNER, Client.DECRYPTION_KEY);
        String points = client.plain(TpmCc.ECDH_KEY_GEN, key, "");
        client.run(TpmCc.ECDH_ZGEN, 1, key, sized(points, 1));
        String encrypted = client.plain(TpmCc.ECC_ENCRYPT, key, sized("6D") + "0021 000B");
        client.run(TpmCc.ECC_DECRYPT, 1, key, encrypted + "0021 000B");
        for (String scheme : new String[] {"0019", "001D", "001B"}) {
            String ephemeral = client.plain(TpmCc.EC_EPHEMERAL, "", "0003");
            String theirs = sized(points, 1) + sized(points, 1);
            client.run(TpmCc.ZGEN_2_PHASE, 1, key, theirs + scheme + after(ephemeral, 1));
        }
        client.flush(key);
        String signer = client.primary(OWNER, Client.SIGNING_KEY.replace("0018 000B", "0010"));
        for (String scheme : new String[] {"0018 000B", "001B 000B", "001C 000B"}) {
            String signature = client.run(TpmCc.SIGN, 1, signer, DIGEST + scheme + NO_TICKET);
            client.plain(TpmCc.VERIFY_SIGNATURE, signer, DIGEST + signature);
        }
    }

    static void symmetric(Client client) {
        for (String cipher : new String[] {"0006 0080", "0026 0100", "0013 0080"}) {
            String key = client.primary(OWNER, "0025 000B 00060072 0000" + cipher + "0010 0000");
            for (String mode : new String[] {"0040", "0041", "0042", "0043", "0044"}) {
                String iv = mode.equals("0044") ? EMPTY : IV;
                String encrypted = client.run(TpmCc.ENCRYPT_DECRYPT, 1, key, "00" + mode + iv + TEXT);
                client.run(TpmCc.ENCRYPT_DECRYPT2, 1, key, sized(encrypted, 0) + "01" + mode + iv);
            }
            client.flush(key);
        }
        client.plain(TpmCc.HASH, "", TEXT + "000B" + OWNER);
    }

    static void sequences(Client client) {
        String hmac = client.primary(OWNER, "0008 000B 00040072 0000 0005 000B 0000");
        client.run(TpmCc.MAC, 1, hmac, TEXT + "0010");
        sequence(client, hmac, "0010");
        client.flush(hmac);
        String cmac = client.primary(OWNER, "0025 000B 00040072 0000 0006 0080 003F 0000");
        client.run(TpmCc.MAC, 1, cmac, TEXT + "0010");
        sequence(client, cmac, "003F");
        client.flush(cmac);
        for (String hash : new String[] {"0004", "000D", "0012", "0027"}) {
            client.plain(TpmCc.HASH_SEQUENCE_START, "", EMPTY + hash);
            complete(client, client.handle());
        }
        client.plain(TpmCc.HASH_SEQUENCE_START, "", EMPTY + "0010");
        String event = client.handle();
        client.run(TpmCc.SEQUENCE_UPDATE, 1, event, TEXT);
        client.run(TpmCc.EVENT_SEQUENCE_COMPLETE, 2, "00000010" + event, TEXT);
    }

    private static void sequence(Client client, String key, String scheme) {
        client.run(TpmCc.MAC_START, 1, key, EMPTY + scheme);
        complete(client, client.handle());
    }

    private static void complete(Client client, String sequence) {
        client.run(TpmCc.SEQUENCE_UPDATE, 1, sequence, TEXT);
        client.run(TpmCc.SEQUENCE_COMPLETE, 1, sequence, sized("77") + OWNER);
    }
}
