package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.NameSelection;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_PolicyDuplicationSelect (Part 3, 23.15). */
public final class PolicyDuplicationSelect implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b objectName = command.parameter(Tpm2bType.NAME::read);
        Tpm2b newParentName = command.parameter(Tpm2bType.NAME::read);
        boolean includeObject = command.yesNoParameter();
        command.endOfParameters();
        new NameSelection(TpmCc.DUPLICATE).execute(command, objectName, includeObject, newParentName);
    }
}
