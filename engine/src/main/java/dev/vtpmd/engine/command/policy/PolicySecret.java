package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.authorization.Entities;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.policy.AuthorizationTicket;
import dev.vtpmd.engine.policy.AuthorizedPolicy;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_PolicySecret (Part 3, 23.4). */
public final class PolicySecret implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b nonceTpm = command.parameter(Tpm2bType.NONCE::read);
        Tpm2b cpHash = command.parameter(Tpm2bType.DIGEST::read);
        Tpm2b policyRef = command.parameter(Tpm2bType.NONCE::read);
        int expiration = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        int entity = command.handle(1);
        NvIndex index = TpmHt.NV_INDEX.holds(entity) ? tpm.nv().find(entity) : null;
        // To use a PIN index counts in it.
        if (index != null && index.isPin() && tpm.readOnlyMode().active()) {
            throw TpmException.of(TpmRc.READ_ONLY);
        }
        Session session = command.session(2);
        AuthorizedPolicy policy = new AuthorizedPolicy(tpm, session);
        long timeout = policy.timeout(expiration, nonceTpm);
        if (!session.isTrial()) {
            policy.checkNonce(nonceTpm, 1);
            policy.checkTimeout(timeout, 4);
            policy.checkCpHash(cpHash, 2);
        }
        Tpm2b name = new Entities(tpm).name(entity);
        policy.update(command.code(), name, policyRef, cpHash, timeout);
        boolean pinPass = index != null && index.type() == TpmNt.PIN_PASS;
        boolean ticket = expiration < 0 && !session.isTrial() && !pinPass;
        new AuthorizationTicket(TpmSt.AUTH_SECRET, hierarchy(tpm, entity, index), cpHash, policyRef, name)
                .write(tpm, ticket, timeout, nonceTpm.isEmpty(), command.response());
    }

    private static int hierarchy(TpmState tpm, int entity, NvIndex index) {
        LoadedObject object = tpm.object(entity);
        if (object != null) {
            return object.hierarchy();
        }
        if (index != null) {
            return index.attributes().platformCreate() ? TpmRh.PLATFORM : TpmRh.OWNER;
        }
        boolean ownProof = TpmHt.PERMANENT.holds(entity) && entity != TpmRh.LOCKOUT;
        return ownProof ? entity : TpmRh.OWNER;
    }
}
