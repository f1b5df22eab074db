package dev.vtpmd.engine.command.testing;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.state.FailureMode;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_GetTestResult (Part 3, 10.4). In failure mode {@link FailureModeCommands} answers in its place. */
public final class GetTestResult implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        write(command.tpm().failureMode(), command.response());
    }

    static void write(FailureMode failureMode, TpmWriter out) {
        out.sizedBytes(failureMode.diagnosis());
        out.u32((failureMode.active() ? TpmRc.FAILURE : TpmRc.SUCCESS).value());
    }
}
