package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_PolicyAuthorizeNV (Part 3, 23.22): the policy that an NV index contains, as a TPMT_HA, is approved. */
public final class PolicyAuthorizeNv implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        Session session = command.session(3);
        if (!session.isTrial()) {
            NvAccess.checkRead(command.handle(1), index);
            TpmtHa approved = TpmtHa.read(
                    new TpmReader(index.data().bytes(), command.tpm().profile()));
            if (approved.hashAlg() != session.hash()) {
                throw TpmException.of(TpmRc.HASH);
            }
            if (!approved.digest().equals(session.policy().digest())) {
                throw TpmException.of(TpmRc.VALUE);
            }
        }
        byte[] name = command.tpm().nv().name(index).bytes();
        session.policy(new PolicyDigest(command.tpm().digests()).extendZeros(session, command.code(), name));
    }
}
