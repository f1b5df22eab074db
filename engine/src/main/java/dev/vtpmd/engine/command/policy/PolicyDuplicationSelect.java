package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.PolicyHash;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PolicyDuplicationSelect (Part 3, 23.15). */
public final class PolicyDuplicationSelect implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b objectName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b newParentName = command.parameter(Tpm2bType.NAME::read);
        boolean includeObject = command.yesNoParameter();
        command.endOfParameters();
        Session session = command.session(1);
        PolicyState policy = session.policy();
        if (policy.hash().kind() != PolicyHash.Kind.NONE) {
            throw TpmException.of(TpmRc.CPHASH);
        }
        if (policy.commandCode() != null) {
            throw TpmException.of(TpmRc.COMMAND_CODE);
        }
        byte[] nameHash = command.tpm().digests().digest(session.hash(), objectName.bytes(), newParentName.bytes());
        byte[] included = includeObject ? objectName.bytes() : new byte[0];
        byte[] flag = {(byte) (includeObject ? 1 : 0)};
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), included, newParentName.bytes(), flag)
                .withHash(new PolicyHash(PolicyHash.Kind.NAMES, Tpm2b.wrap(nameHash)))
                .withCommandCode(TpmCc.DUPLICATE));
    }
}
