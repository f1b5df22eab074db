package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;

/** Writes the authorization area of a successful response and updates the sessions (Part 1, 18.9; Part 3, 5.9). */
public final class ResponseSessions {
    private static final int SIZE_FIELD = 2;

    private final CommandContext command;
    private final TpmState tpm;
    private final CommandHashes commandHashes;
    private final SessionHmac hmacs;

    /** The sessions of {@code command}, which has been executed. The command's parameters may have been decrypted in place. */
    public ResponseSessions(CommandContext command, Entities entities, Authorization authorization) {
        this.command = command;
        this.tpm = command.tpm();
        this.commandHashes = authorization.hashes();
        this.hmacs = new SessionHmac(command, entities);
    }

    /**
     * Encrypts the first response parameter if a session asks for it, and appends an entry for each session.
     *
     * @param parametersStart offset of the first response parameter; they end where {@code out} stands
     */
    public void write(TpmWriter out, int parametersStart) {
        int parametersEnd = out.position();
        for (SessionUse use : command.sessions()) {
            if (!use.isPassword()) {
                use.session().nonceTpm(tpm.random(use.session().nonceTpm().size()));
            }
        }
        for (SessionUse use : command.sessions()) {
            if (use.attributes().encrypt()) {
                encrypt(use, out, parametersStart);
            }
        }
        for (SessionUse use : command.sessions()) {
            if (use.attributes().audit()) {
                audit(use, out, parametersStart, parametersEnd);
            }
        }
        updateExclusive();
        for (SessionUse use : command.sessions()) {
            writeEntry(use, out, parametersStart, parametersEnd);
        }
    }

    /** A successful command without sessions: no session is exclusive any more if it could have had one. */
    public static void withoutSessions(CommandContext command) {
        if (command.row().allowsSessions()) {
            command.tpm().sessions().exclusive(0);
        }
    }

    private void encrypt(SessionUse use, TpmWriter out, int parametersStart) {
        byte[] array = out.array();
        int size = (array[parametersStart] & 0xFF) << Byte.SIZE | array[parametersStart + 1] & 0xFF;
        byte[] key = hmacs.encryptionKey(use);
        new ParameterEncryption(tpm).encrypt(use, key, array, parametersStart + SIZE_FIELD, size);
    }

    private void audit(SessionUse use, TpmWriter out, int parametersStart, int parametersEnd) {
        Session session = use.session();
        TpmiAlgHash hash = session.hash();
        boolean fresh = !session.audit().active() || use.attributes().auditReset();
        byte[] old =
                fresh ? new byte[hash.digestSize()] : session.audit().digest().bytes();
        byte[] rpHash = CommandHashes.rpHash(command, hash, out, parametersStart, parametersEnd);
        byte[] digest = tpm.digests().digest(hash, old, commandHashes.cpHash(hash), rpHash);
        session.audit(new Session.AuditState(true, Tpm2b.wrap(digest)));
        if (fresh) {
            tpm.sessions().exclusive(session.handle());
        }
    }

    private void updateExclusive() {
        int exclusive = tpm.sessions().exclusive();
        for (SessionUse use : command.sessions()) {
            if (use.attributes().audit() && use.session().handle() == exclusive) {
                return;
            }
        }
        tpm.sessions().exclusive(0);
    }

    private void writeEntry(SessionUse use, TpmWriter out, int parametersStart, int parametersEnd) {
        if (use.isPassword()) {
            out.u16(0);
            out.u8(use.attributes().with(TpmaSession.CONTINUE_SESSION).value());
            out.u16(0);
            return;
        }
        Session session = use.session();
        int attributes = responseAttributes(use).value();
        byte[] rpHash = CommandHashes.rpHash(command, session.hash(), out, parametersStart, parametersEnd);
        // Also where the session authorizes nothing and its HMAC was checked: so the reference code and libtpms do it.
        boolean passwordPolicy =
                use.isPolicy() && session.policy().authorization() == PolicyState.Authorization.PASSWORD;
        Tpm2b hmac = passwordPolicy ? Tpm2b.EMPTY : hmacs.ofResponse(use, rpHash, attributes);
        session.nonceTpm().write(out);
        out.u8(attributes);
        hmac.write(out);
        if (!use.attributes().continueSession()) {
            tpm.sessions().end(session);
        } else if (session.isPolicy()) {
            session.policy(PolicyState.initial(
                    session.hash(), tpm.clock().time(), tpm.clock().timeEpoch()));
        }
    }

    private TpmaSession responseAttributes(SessionUse use) {
        if (!use.attributes().audit()) {
            return use.attributes();
        }
        boolean exclusive = tpm.sessions().exclusive() == use.session().handle();
        return exclusive
                ? use.attributes().with(TpmaSession.AUDIT_EXCLUSIVE)
                : use.attributes().without(TpmaSession.AUDIT_EXCLUSIVE);
    }
}
