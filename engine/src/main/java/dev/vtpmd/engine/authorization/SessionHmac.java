package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.List;

/** The HMACs of sessions, over commands and over responses (Part 1, 19.6.5 and 19.6.6). */
final class SessionHmac {
    private final CommandContext command;
    private final Entities entities;

    SessionHmac(CommandContext command, Entities entities) {
        this.command = command;
        this.entities = entities;
    }

    /** The HMAC that the caller must have sent; empty where neither key nor HMAC is there. */
    Tpm2b ofCommand(SessionUse use, byte[] cpHash) {
        Session session = use.session();
        Tpm2b nonces = nonceTpmOfOthers(use);
        return hmac(use, cpHash, use.nonceCaller().bytes(), session.nonceTpm().bytes(), nonces.bytes());
    }

    /** The HMAC that goes into the response. */
    Tpm2b ofResponse(SessionUse use, byte[] rpHash, int attributes) {
        byte[] nonceTpm = use.session().nonceTpm().bytes();
        byte[] key = key(use);
        if (key.length == 0 && use.hmac().isEmpty()) {
            return Tpm2b.EMPTY;
        }
        TpmiAlgHash hash = use.session().hash();
        byte[] last = {(byte) attributes};
        return Tpm2b.wrap(command.tpm()
                .hmacs()
                .hmac(hash, key, rpHash, nonceTpm, use.nonceCaller().bytes(), last));
    }

    /** The session key, and the authValue of the entity that the session authorizes: for parameter encryption. */
    byte[] encryptionKey(SessionUse use) {
        Tpm2b authValue = use.authorizes() ? entities.authValue(use.entity()) : Tpm2b.EMPTY;
        return concatenate(use.session().sessionKey(), authValue);
    }

    private Tpm2b hmac(SessionUse use, byte[] cpHash, byte[] nonceCaller, byte[] nonceTpm, byte[] otherNonces) {
        byte[] key = key(use);
        if (key.length == 0 && use.hmac().isEmpty()) {
            return Tpm2b.EMPTY;
        }
        byte[] attributes = {(byte) use.attributes().value()};
        TpmiAlgHash hash = use.session().hash();
        return Tpm2b.wrap(
                command.tpm().hmacs().hmac(hash, key, cpHash, nonceCaller, nonceTpm, otherNonces, attributes));
    }

    private byte[] key(SessionUse use) {
        Tpm2b authValue = use.includesAuthValue() ? entities.authValue(use.entity()) : Tpm2b.EMPTY;
        return concatenate(use.session().sessionKey(), authValue);
    }

    /**
     * The nonces of other sessions that decrypt or encrypt: the first session, if it authorizes, vouches for them, so that
     * nobody can take an encryption session out of the command (Part 1, 19.6.5).
     */
    private Tpm2b nonceTpmOfOthers(SessionUse use) {
        if (use.number() != 1 || !use.authorizes()) {
            return Tpm2b.EMPTY;
        }
        List<SessionUse> uses = command.sessions();
        SessionUse decrypting = find(uses, true);
        SessionUse encrypting = find(uses, false);
        Tpm2b first = decrypting == null || decrypting == use
                ? Tpm2b.EMPTY
                : decrypting.session().nonceTpm();
        boolean another = encrypting != null && encrypting != use && encrypting != decrypting;
        Tpm2b second = another ? encrypting.session().nonceTpm() : Tpm2b.EMPTY;
        return Tpm2b.wrap(concatenate(first, second));
    }

    private static SessionUse find(List<SessionUse> uses, boolean decrypt) {
        for (SessionUse use : uses) {
            if (decrypt ? use.attributes().decrypt() : use.attributes().encrypt()) {
                return use;
            }
        }
        return null;
    }

    private static byte[] concatenate(Tpm2b first, Tpm2b second) {
        byte[] both = new byte[first.size() + second.size()];
        System.arraycopy(first.bytes(), 0, both, 0, first.size());
        System.arraycopy(second.bytes(), 0, both, first.size(), second.size());
        return both;
    }
}
