package dev.vtpmd.engine.session;

import dev.vtpmd.protocol.algorithm.TpmtSymDef;
import dev.vtpmd.protocol.constant.TpmSe;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** A loaded authorization session (Part 1, 19.6 and 19.7). */
public final class Session {
    /** Any locality: what a policy asks that says nothing about locality. */
    public static final int ANY_LOCALITY = 0;

    private static final int LARGEST_KEY = 64;
    private static final int LARGEST_MARK = 2 + 64 + 64;

    private final int handle;
    private final TpmSe type;
    private final TpmiAlgHash hash;
    private final TpmtSymDef symmetric;
    private final Tpm2b sessionKey;
    private final Binding binding;
    private Tpm2b nonceTpm;
    private PolicyState policy;
    private AuditState audit;

    /**
     * What a session was bound to when it started (Part 1, 19.6.12).
     *
     * @param entity mark of the entity and its authValue, see {@link SessionBinding}; empty if unbound
     * @param dictionaryAttack whether the entity's authValue is protected against dictionary attack
     * @param lockout whether the entity is TPM_RH_LOCKOUT
     */
    public record Binding(Tpm2b entity, boolean dictionaryAttack, boolean lockout) {
        /** Bound to nothing. */
        public static final Binding NONE = new Binding(Tpm2b.EMPTY, false, false);
    }

    /**
     * Use of a session for audit (Part 1, 19.6.13).
     *
     * @param active whether it is an audit session
     * @param digest the session audit digest; empty if not active
     */
    public record AuditState(boolean active, Tpm2b digest) {
        /** Not an audit session. */
        public static final AuditState INACTIVE = new AuditState(false, Tpm2b.EMPTY);
    }

    /** A session as TPM2_StartAuthSession makes it. {@code policy} is null for an HMAC session. */
    public Session(
            int handle,
            TpmSe type,
            TpmiAlgHash hash,
            TpmtSymDef symmetric,
            Tpm2b sessionKey,
            Binding binding,
            Tpm2b nonceTpm,
            PolicyState policy) {
        this.handle = handle;
        this.type = type;
        this.hash = hash;
        this.symmetric = symmetric;
        this.sessionKey = sessionKey;
        this.binding = binding;
        this.nonceTpm = nonceTpm;
        this.policy = policy;
        this.audit = AuditState.INACTIVE;
    }

    /** Reads a stored session. */
    public static Session read(TpmReader in) {
        int handle = in.u32();
        TpmSe type = TpmSe.read(in);
        TpmiAlgHash hash = TpmiAlgHash.read(in);
        TpmtSymDef symmetric = TpmtSymDef.readOrNull(in);
        Tpm2b sessionKey = Tpm2b.read(in, LARGEST_KEY);
        Binding binding = new Binding(Tpm2b.read(in, LARGEST_MARK), in.u8() != 0, in.u8() != 0);
        Tpm2b nonceTpm = Tpm2b.read(in, LARGEST_KEY);
        PolicyState policy = in.u8() == 0 ? null : PolicyState.read(in);
        Session session = new Session(handle, type, hash, symmetric, sessionKey, binding, nonceTpm, policy);
        session.audit = new AuditState(in.u8() != 0, Tpm2b.read(in, LARGEST_KEY));
        return session;
    }

    /** Stores the session. */
    public void write(TpmWriter out) {
        out.u32(handle);
        type.write(out);
        out.u16(hash.value());
        symmetric.write(out);
        sessionKey.write(out);
        binding.entity.write(out);
        out.u8(binding.dictionaryAttack ? 1 : 0);
        out.u8(binding.lockout ? 1 : 0);
        nonceTpm.write(out);
        out.u8(policy == null ? 0 : 1);
        if (policy != null) {
            policy.write(out);
        }
        out.u8(audit.active ? 1 : 0);
        audit.digest.write(out);
    }

    /** The handle, 0x02xxxxxx or 0x03xxxxxx. */
    public int handle() {
        return handle;
    }

    /** HMAC, policy or trial. */
    public TpmSe type() {
        return type;
    }

    /** Whether this is a policy or trial session. */
    public boolean isPolicy() {
        return type != TpmSe.HMAC;
    }

    /** Whether this is a trial policy session. */
    public boolean isTrial() {
        return type == TpmSe.TRIAL;
    }

    /** The hash algorithm of HMACs, policy digest and parameter encryption. */
    public TpmiAlgHash hash() {
        return hash;
    }

    /** The algorithm of parameter encryption. */
    public TpmtSymDef symmetric() {
        return symmetric;
    }

    /** The session key; empty for a session that is neither bound nor salted. */
    public Tpm2b sessionKey() {
        return sessionKey;
    }

    /** What the session is bound to. */
    public Binding binding() {
        return binding;
    }

    /** The nonce that the TPM gave last. */
    public Tpm2b nonceTpm() {
        return nonceTpm;
    }

    /** Replaces the TPM's nonce with one of the same size. */
    public void nonceTpm(Tpm2b nonce) {
        nonceTpm = nonce;
    }

    /** What policy commands have asserted so far; null for an HMAC session. */
    public PolicyState policy() {
        return policy;
    }

    /** Replaces the policy state. */
    public void policy(PolicyState state) {
        policy = state;
    }

    /** How the session is used for audit. */
    public AuditState audit() {
        return audit;
    }

    /** Replaces the audit state. */
    public void audit(AuditState state) {
        audit = state;
    }

    /** Overwrites the session key. */
    public void wipe() {
        sessionKey.wipe();
    }

    @Override
    public String toString() {
        return "Session[0x%08X, %s]".formatted(handle, type);
    }
}
