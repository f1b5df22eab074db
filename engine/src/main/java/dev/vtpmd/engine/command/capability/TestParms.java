package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.object.TpmtPublicParms;

/** TPM2_TestParms (Part 3, 30.3). Parameters that can be read are supported: reading refuses the others. */
public final class TestParms implements Command {
    @Override
    public void execute(CommandContext command) {
        command.parameter(TpmtPublicParms::read);
        command.endOfParameters();
    }
}
