package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.AuthRole;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.dictionaryattack.DictionaryAttack;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.engine.session.SessionBinding;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** Checks the authorizations of one command and decrypts its first parameter (Part 1, 19; Part 3, 5.6 and 5.7). */
public final class Authorization {
    private static final int SIZE_FIELD = 2;

    private final CommandContext command;
    private final TpmState tpm;
    private final Entities entities;
    private final CommandHashes hashes;
    private final SessionHmac hmacs;

    /** The authorizations of {@code command}, whose parameters are still as they were received. */
    public Authorization(CommandContext command, Entities entities) {
        this.command = command;
        this.tpm = command.tpm();
        this.entities = entities;
        this.hashes = command.named() ? new CommandHashes(command) : null;
        this.hmacs = new SessionHmac(command, entities);
    }

    /**
     * Checks every entry of the authorization area, then decrypts.
     *
     * @throws TpmException TPM_RC_AUTH_MISSING if there are fewer entries than handles to authorize, or what is wrong with an
     *     entry, with the number of the session
     */
    public void check() {
        if (command.sessions().size() < command.row().authorizations()) {
            throw TpmException.of(TpmRc.AUTH_MISSING);
        }
        for (SessionUse use : command.sessions()) {
            try {
                checkUse(use);
            } catch (TpmException e) {
                throw e.atSession(use.number());
            }
        }
        requireNvForAudit(command);
        for (SessionUse use : command.sessions()) {
            if (use.attributes().decrypt()) {
                decrypt(use);
            }
        }
    }

    /** Throws TPM_RC_NV_UNAVAILABLE if auditing {@code command} writes to stable storage, and that cannot be written. */
    public static void requireNvForAudit(CommandContext command) {
        if (command.tpm().commandAudit().needsNv(command.code())) {
            command.tpm().requireNv();
        }
    }

    /** The hashes over a {@link CommandContext#named} command, else null. */
    CommandHashes hashes() {
        return hashes;
    }

    private void checkUse(SessionUse use) {
        if (use.isPassword()) {
            if (!use.authorizes()) {
                throw TpmException.of(TpmRc.HANDLE);
            }
        } else {
            checkSession(use);
        }
        if (use.authorizes()) {
            authorize(use);
            return;
        }
        if (!use.attributes().audit()
                && !use.attributes().encrypt()
                && !use.attributes().decrypt()) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        checkHmac(use);
    }

    private void checkSession(SessionUse use) {
        Session session = use.session();
        if (session.isTrial()) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        if (session.binding().lockout()) {
            requireLockoutAuth();
        } else if (session.binding().dictionaryAttack()) {
            requireNoLockout();
        }
    }

    private void authorize(SessionUse use) {
        int entity = use.entity();
        boolean present = tpm.platform().physicalPresence();
        if (entity == TpmRh.PLATFORM && !present && tpm.physicalPresence().required(command.code())) {
            throw TpmException.of(TpmRc.PP);
        }
        boolean authValueUsed = usesAuthValue(use);
        use.includesAuthValue(authValueUsed && !use.isPassword());
        if (authValueUsed && entities.dictionaryAttackProtected(entity)) {
            if (entity == TpmRh.LOCKOUT) {
                requireLockoutAuth();
            } else {
                requireNoLockout();
            }
        }
        checkAvailable(use);
        boolean inClear = use.isPassword() || isPolicyPassword(use);
        PinIndex pin = authValueUsed ? PinIndex.of(tpm.nv(), entity) : PinIndex.NONE;
        try {
            if (inClear) {
                checkPassword(use);
            } else {
                checkHmac(use);
            }
        } catch (TpmException e) {
            pin.failed();
            throw e;
        }
        pin.succeeded();
    }

    private void checkAvailable(SessionUse use) {
        AuthRole role = command.row().role(use.number());
        if (use.isPolicy()) {
            if (!entities.policyUsable(use.entity(), role, command.row())) {
                throw TpmException.of(TpmRc.AUTH_UNAVAILABLE);
            }
            new PolicyCheck(command, hashes, entities).check(use);
            return;
        }
        if (entities.policyRequired(use.entity(), role)) {
            throw TpmException.of(TpmRc.AUTH_TYPE);
        }
        if (!entities.authValueUsable(use.entity(), role, command.row())) {
            throw TpmException.of(TpmRc.AUTH_UNAVAILABLE);
        }
    }

    private boolean usesAuthValue(SessionUse use) {
        if (use.isPassword()) {
            return true;
        }
        if (use.isPolicy()) {
            return use.session().policy().authorization() != PolicyState.Authorization.NONE;
        }
        Tpm2b mark = SessionBinding.mark(entities.name(use.entity()), entities.authValue(use.entity()));
        boolean bound = !use.session().audit().active()
                && use.session().binding().entity().equals(mark);
        return !bound;
    }

    private static boolean isPolicyPassword(SessionUse use) {
        return use.isPolicy() && use.session().policy().authorization() == PolicyState.Authorization.PASSWORD;
    }

    private void checkPassword(SessionUse use) {
        if (!use.hmac().withoutTrailingZeros().equals(entities.authValue(use.entity()))) {
            throw failure(use);
        }
    }

    private void checkHmac(SessionUse use) {
        TpmiAlgHash hash = use.session().hash();
        if (!use.hmac().equals(hmacs.ofCommand(use, hashes.cpHash(hash)))) {
            throw failure(use);
        }
    }

    /** Counts the failure where it is to be counted: AUTH_FAIL; otherwise BAD_AUTH (Part 1, 19.8.5). */
    private TpmException failure(SessionUse use) {
        int entity = use.entity();
        boolean counted;
        if (use.isPassword()) {
            counted = entities.dictionaryAttackProtected(entity);
        } else {
            Session.Binding binding = use.session().binding();
            entity = binding.lockout() ? TpmRh.LOCKOUT : entity;
            boolean included = use.includesAuthValue() && entities.dictionaryAttackProtected(entity);
            counted = binding.dictionaryAttack() || included;
        }
        if (!counted) {
            return TpmException.of(TpmRc.BAD_AUTH);
        }
        if (entity == TpmRh.LOCKOUT) {
            tpm.dictionaryAttack().recordLockoutFailure();
        } else {
            tpm.dictionaryAttack().recordFailure();
        }
        return TpmException.of(TpmRc.AUTH_FAIL);
    }

    private void requireNoLockout() {
        DictionaryAttack protection = tpm.dictionaryAttack();
        if (protection.inLockout()) {
            throw TpmException.of(TpmRc.LOCKOUT);
        }
        if (!protection.used()) {
            tpm.requireNv();
            protection.recordUse();
        }
    }

    private void requireLockoutAuth() {
        if (!tpm.dictionaryAttack().lockoutAuthEnabled()) {
            throw TpmException.of(TpmRc.LOCKOUT);
        }
    }

    private void decrypt(SessionUse use) {
        TpmReader in = command.reader();
        try {
            int size = in.u16();
            if (size > in.remaining()) {
                throw TpmException.of(TpmRc.SIZE);
            }
            byte[] key = hmacs.encryptionKey(use);
            new ParameterEncryption(tpm).decrypt(use, key, in.array(), in.position(), size);
            in.position(in.position() - SIZE_FIELD);
        } catch (TpmException e) {
            throw e.atSession(use.number());
        }
    }
}
