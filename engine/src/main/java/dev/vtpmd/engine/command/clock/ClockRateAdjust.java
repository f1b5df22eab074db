package dev.vtpmd.engine.command.clock;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmClockAdjust;

/** TPM2_ClockRateAdjust (Part 3, 29.3). */
public final class ClockRateAdjust implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmClockAdjust adjust = command.parameter(TpmClockAdjust::read);
        command.endOfParameters();
        command.tpm().clock().adjustRate((byte) adjust.value());
    }
}
