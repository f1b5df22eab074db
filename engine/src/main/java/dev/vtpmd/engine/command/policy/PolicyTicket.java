package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.AuthorizationTicket;
import dev.vtpmd.engine.policy.AuthorizedPolicy;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.structure.TpmtTkAuth;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PolicyTicket (Part 3, 23.5). */
public final class PolicyTicket implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b timeout = command.parameter(Tpm2bType.TIMEOUT::read);
        Tpm2b cpHash = command.parameter(Tpm2bType.DIGEST::read);
        Tpm2b policyRef = command.parameter(Tpm2bType.NONCE::read);
        Tpm2b authName = command.parameter(Tpm2bType.NAME::read);
        TpmtTkAuth ticket = command.parameter(TpmtTkAuth::read);
        command.endOfParameters();
        Session session = command.session(1);
        if (session.isTrial()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        if (timeout.size() != Long.BYTES) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        long time = AuthorizationTicket.time(timeout);
        AuthorizedPolicy policy = new AuthorizedPolicy(command.tpm(), session);
        policy.checkTimeout(time, 1);
        policy.checkCpHash(cpHash, 2);
        TpmtTkAuth expected = command.tpm()
                .tickets()
                .auth(
                        ticket.tag(),
                        ticket.hierarchy(),
                        cpHash,
                        policyRef,
                        authName,
                        time,
                        AuthorizationTicket.expiresOnReset(timeout));
        if (!expected.digest().equals(ticket.digest())) {
            throw TpmException.parameter(5, TpmRc.TICKET);
        }
        TpmCc origin = ticket.tag() == TpmSt.AUTH_SIGNED ? TpmCc.POLICY_SIGNED : TpmCc.POLICY_SECRET;
        policy.update(origin, authName, policyRef, cpHash, time);
    }
}
