package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ClearControl (Part 3, 24.7): lockoutAuth may disable TPM2_Clear, only the platform may enable it again. */
public final class ClearControl implements Command {
    @Override
    public void execute(CommandContext command) {
        boolean disable = command.yesNoParameter();
        command.endOfParameters();
        command.tpm().requireNv();
        if (command.handle(1) == TpmRh.LOCKOUT && !disable) {
            throw TpmException.of(TpmRc.AUTH_FAIL);
        }
        command.tpm().hierarchies().clearDisabled(disable);
    }
}
