package dev.vtpmd.engine.command.clock;

import dev.vtpmd.engine.clock.TpmClock;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_ClockSet (Part 3, 29.2): Clock can only be advanced. */
public final class ClockSet implements Command {
    private static final long LARGEST = 0xFFFF000000000000L;

    @Override
    public void execute(CommandContext command) {
        long newTime = command.parameter(TpmReader::u64);
        command.endOfParameters();
        TpmClock clock = command.tpm().clock();
        boolean tooLarge = Long.compareUnsigned(newTime, LARGEST) > 0;
        if (tooLarge || Long.compareUnsigned(newTime, clock.clock()) < 0) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        command.tpm().requireNv();
        clock.set(newTime);
    }
}
