package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.command.AuthRole;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.engine.session.SessionTable;
import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.ArrayList;
import java.util.List;

/** Reads the authorization area of a command: up to three entries (Part 1, 18.6; Part 3, 5.5). */
public final class SessionArea {
    private static final int MAXIMUM = 3;
    private static final int SMALLEST_AREA = 9;
    private static final int PASSWORD_FORBIDS = ~TpmaSession.CONTINUE_SESSION & 0xFF;

    private final CommandContext command;
    private final List<SessionUse> entries = new ArrayList<>(MAXIMUM);

    private SessionArea(CommandContext command) {
        this.command = command;
    }

    /**
     * Reads the area's size and its entries.
     *
     * @throws TpmException TPM_RC_SIZE without location for a bad area size, TPM_RC_AUTH_CONTEXT if the command takes no
     *     sessions, and what is wrong with an entry with the number of the session
     */
    public static List<SessionUse> read(CommandContext command, TpmReader in) {
        int size = in.u32();
        if (size < SMALLEST_AREA || size > in.remaining()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        if (!command.row().allowsSessions()) {
            throw TpmException.of(TpmRc.AUTH_CONTEXT);
        }
        int end = in.limit();
        in.limit(in.position() + size);
        SessionArea area = new SessionArea(command);
        while (in.remaining() > 0) {
            area.readEntry(in);
        }
        in.limit(end);
        return area.entries;
    }

    private void readEntry(TpmReader in) {
        int number = entries.size() + 1;
        if (number > MAXIMUM) {
            throw TpmException.session(number, TpmRc.SIZE);
        }
        try {
            int handle = HandleType.TPMI_SH_AUTH_SESSION.readOrNull(in);
            Tpm2b nonceCaller = Tpm2bType.NONCE.read(in);
            TpmaSession attributes = TpmaSession.read(in);
            Tpm2b hmac = Tpm2bType.AUTH.read(in);
            Session session = null;
            if (handle == TpmRh.PASSWORD) {
                checkPassword(nonceCaller, attributes);
            } else {
                session = loaded(handle, number);
                checkUse(session, attributes);
            }
            entries.add(new SessionUse(number, session, nonceCaller, attributes, hmac, entity(number)));
        } catch (TpmException e) {
            throw e.atSession(number);
        }
    }

    private int entity(int number) {
        return command.row().role(number) == AuthRole.NONE ? TpmRh.UNASSIGNED : command.handle(number);
    }

    private static void checkPassword(Tpm2b nonceCaller, TpmaSession attributes) {
        if ((attributes.value() & PASSWORD_FORBIDS) != 0) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        if (!nonceCaller.isEmpty()) {
            throw TpmException.of(TpmRc.NONCE);
        }
    }

    private Session loaded(int handle, int number) {
        Session session = command.tpm().sessions().find(handle);
        if (session == null) {
            throw TpmException.sessionNotLoaded(number);
        }
        boolean asPolicy = TpmHt.POLICY_SESSION.holds(handle);
        boolean repeated = entries.stream().anyMatch(entry -> entry.session() == session);
        if (session.isPolicy() != asPolicy || repeated) {
            throw TpmException.of(TpmRc.HANDLE);
        }
        return session;
    }

    private void checkUse(Session session, TpmaSession attributes) {
        if (attributes.decrypt()) {
            boolean taken =
                    entries.stream().anyMatch(entry -> entry.attributes().decrypt());
            checkEncryption(session, command.row().firstParameterDecryptable() && !taken);
        }
        if (attributes.encrypt()) {
            boolean taken =
                    entries.stream().anyMatch(entry -> entry.attributes().encrypt());
            checkEncryption(session, command.row().firstParameterEncryptable() && !taken);
        }
        if (attributes.audit()) {
            checkAudit(session, attributes);
        }
    }

    private static void checkEncryption(Session session, boolean possible) {
        if (!possible) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        if (session.symmetric().isNull()) {
            throw TpmException.of(TpmRc.SYMMETRIC);
        }
    }

    private void checkAudit(Session session, TpmaSession attributes) {
        boolean taken = entries.stream().anyMatch(entry -> entry.attributes().audit());
        if (session.isPolicy() || taken) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        SessionTable sessions = command.tpm().sessions();
        boolean mustBeExclusive = attributes.auditExclusive() && !attributes.auditReset();
        if (mustBeExclusive && session.audit().active() && sessions.exclusive() != session.handle()) {
            throw TpmException.of(TpmRc.EXCLUSIVE);
        }
    }
}
