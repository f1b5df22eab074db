package dev.vtpmd.engine.command.countdown;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_ACT_SetTimeout (Part 3, 33.2). The largest timeout takes the signal back, and is for a timer that has run out. */
public final class ActSetTimeout implements Command {
    private static final int NO_TIMEOUT = -1;

    @Override
    public void execute(CommandContext command) {
        int startTimeout = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        CountdownTimers timers = command.tpm().countdownTimers();
        int handle = command.handle(1);
        if (startTimeout == NO_TIMEOUT && !timers.signaled(handle)) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        command.tpm().requireNvIfOrderly();
        timers.set(handle, startTimeout);
    }
}
