package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.Tpm2b;

/** An entry of a command's authorization area: a session or a password (Part 1, 18.6). */
public final class SessionUse {
    private final int number;
    private final Session session;
    private final Tpm2b nonceCaller;
    private final TpmaSession attributes;
    private final Tpm2b hmac;
    private final int entity;
    private boolean includesAuthValue;

    /**
     * An entry.
     *
     * @param number its place in the area, from 1
     * @param session the session, or null for a password
     * @param hmac the HMAC, or the password
     * @param entity handle that the entry authorizes, TPM_RH_UNASSIGNED if none
     */
    SessionUse(int number, Session session, Tpm2b nonceCaller, TpmaSession attributes, Tpm2b hmac, int entity) {
        this.number = number;
        this.session = session;
        this.nonceCaller = nonceCaller;
        this.attributes = attributes;
        this.hmac = hmac;
        this.entity = entity;
    }

    /** Place in the authorization area, from 1. */
    public int number() {
        return number;
    }

    /** The session, or null for a password. */
    public Session session() {
        return session;
    }

    /** Whether this is a password in place of a session. */
    public boolean isPassword() {
        return session == null;
    }

    /** Whether this is a policy session. */
    public boolean isPolicy() {
        return session != null && session.isPolicy();
    }

    /** The nonce that the caller sent. */
    public Tpm2b nonceCaller() {
        return nonceCaller;
    }

    /** The session attributes. */
    public TpmaSession attributes() {
        return attributes;
    }

    /** The HMAC, or the password. */
    Tpm2b hmac() {
        return hmac;
    }

    /** The handle that this entry authorizes, TPM_RH_UNASSIGNED if it authorizes none. */
    public int entity() {
        return entity;
    }

    /** Whether this entry authorizes the use of a handle. */
    public boolean authorizes() {
        return entity != TpmRh.UNASSIGNED;
    }

    /** Whether the entity's authValue is part of the HMAC key. */
    boolean includesAuthValue() {
        return includesAuthValue;
    }

    /** Says whether the entity's authValue is part of the HMAC key. */
    void includesAuthValue(boolean included) {
        includesAuthValue = included;
    }
}
