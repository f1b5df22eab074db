package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtTkVerified;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_PolicyAuthorize (Part 3, 23.16): a policy that its owner can exchange for another. */
public final class PolicyAuthorize implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b approvedPolicy = command.parameter(Tpm2bType.DIGEST::read);
        Tpm2b policyRef = command.parameter(Tpm2bType.NONCE::read);
        Tpm2b keySign = command.parameter(Tpm2bType.NAME::read);
        TpmtTkVerified ticket = command.parameter(TpmtTkVerified::read);
        command.endOfParameters();
        TpmiAlgHash hash = nameAlgorithm(command, keySign);
        Session session = command.session(1);
        if (!session.isTrial()) {
            if (!approvedPolicy.equals(session.policy().digest())) {
                throw TpmException.parameter(1, TpmRc.VALUE);
            }
            byte[] approved = command.tpm().digests().digest(hash, approvedPolicy.bytes(), policyRef.bytes());
            TpmtTkVerified expected =
                    command.tpm().tickets().verified(ticket.hierarchy(), Tpm2b.wrap(approved), keySign);
            if (!expected.digest().equals(ticket.digest())) {
                throw TpmException.parameter(4, TpmRc.VALUE);
            }
        }
        session.policy(new PolicyDigest(command.tpm().digests())
                .extendZerosWithName(session, command.code(), keySign, policyRef));
    }

    private static TpmiAlgHash nameAlgorithm(CommandContext command, Tpm2b name) {
        if (name.size() < Short.BYTES) {
            throw TpmException.parameter(3, TpmRc.SIZE);
        }
        TpmReader in = new TpmReader(name.bytes(), command.tpm().profile());
        TpmiAlgHash hash = TpmiAlgHash.of(in.u16());
        if (hash == null || !command.tpm().profile().offers(hash)) {
            throw TpmException.parameter(3, TpmRc.HASH);
        }
        if (in.remaining() != hash.digestSize()) {
            throw TpmException.parameter(3, TpmRc.SIZE);
        }
        return hash;
    }
}
