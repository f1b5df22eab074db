package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.structure.TpmsSetCapabilityData;

/** TPM2_SetCapability (Part 3, 30.4). No capability can be set: reading refuses all of them. */
public final class SetCapability implements Command {
    @Override
    public void execute(CommandContext command) {
        command.parameter(in -> in.sized(TpmsSetCapabilityData::read));
        command.endOfParameters();
    }
}
