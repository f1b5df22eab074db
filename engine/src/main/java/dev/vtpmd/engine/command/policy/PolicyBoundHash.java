package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.PolicyHash;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * A policy command that binds the session to a hash: TPM2_PolicyCpHash, TPM2_PolicyNameHash, TPM2_PolicyTemplate and
 * TPM2_PolicyParameters (Part 3, 23.13, 23.14, 23.21, 23.26). A session can be bound to one hash only.
 */
public final class PolicyBoundHash implements Command {
    private final PolicyHash.Kind kind;

    /** The command that binds to a hash of {@code kind}. */
    public PolicyBoundHash(PolicyHash.Kind kind) {
        this.kind = kind;
    }

    @Override
    public void execute(CommandContext command) {
        Tpm2b digest = command.parameter(Tpm2bType.DIGEST::read);
        command.endOfParameters();
        Session session = command.session(1);
        boolean slotFirst = kind == PolicyHash.Kind.TEMPLATE;
        if (slotFirst) {
            checkSlot(session.policy().hash(), digest);
        }
        if (digest.size() != session.hash().digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        if (!slotFirst) {
            checkSlot(session.policy().hash(), digest);
        }
        PolicyState updated = new PolicyDigest(command.tpm().digests()).extend(session, command.code(), digest.bytes());
        boolean bound = session.policy().hash().kind() != PolicyHash.Kind.NONE;
        session.policy(bound ? updated : updated.withHash(new PolicyHash(kind, digest)));
    }

    private void checkSlot(PolicyHash bound, Tpm2b digest) {
        if (bound.kind() == PolicyHash.Kind.NONE) {
            return;
        }
        if (!bound.repeatable(kind) || !bound.digest().equals(digest)) {
            throw TpmException.of(TpmRc.CPHASH);
        }
    }
}
