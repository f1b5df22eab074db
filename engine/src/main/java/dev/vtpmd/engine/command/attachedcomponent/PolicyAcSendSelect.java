package dev.vtpmd.engine.command.attachedcomponent;

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

/**
 * TPM2_Policy_AC_SendSelect (Part 3, 32.4): what TPM2_AC_Send may send, and to which component. There is no component here to send
 * to; the command serves to compute policies of objects for TPMs that have one.
 */
public final class PolicyAcSendSelect implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b objectName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b authHandleName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b acName = command.parameter(Tpm2bType.NAME::read);
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
        byte[] nameHash = command.tpm()
                .digests()
                .digest(session.hash(), objectName.bytes(), authHandleName.bytes(), acName.bytes());
        byte[] included = includeObject ? objectName.bytes() : new byte[0];
        byte[] flag = {(byte) (includeObject ? 1 : 0)};
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), included, authHandleName.bytes(), acName.bytes(), flag)
                .withHash(new PolicyHash(PolicyHash.Kind.NAMES, Tpm2b.wrap(nameHash)))
                .withCommandCode(TpmCc.AC_SEND));
    }
}
