package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.NameSelection;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_Policy_AC_SendSelect (Part 3, 32.4): what TPM2_AC_Send may send, by whom, and to which component. */
public final class PolicyAcSendSelect implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b objectName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b authHandleName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b acName = command.parameter(Tpm2bType.NAME::read);
        boolean includeObject = command.yesNoParameter();
        command.endOfParameters();
        new NameSelection(TpmCc.AC_SEND).execute(command, objectName, includeObject, authHandleName, acName);
    }
}
