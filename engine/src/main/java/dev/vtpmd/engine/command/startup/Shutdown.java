package dev.vtpmd.engine.command.startup;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSu;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Shutdown (Part 3, 9.4). What is saved is what the TPM's permanent state then contains. */
public final class Shutdown implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmSu type = command.parameter(TpmSu::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        if (type == TpmSu.STATE && tpm.pcrs().allocationPending()) {
            throw TpmException.parameter(1, TpmRc.TYPE);
        }
        tpm.dictionaryAttack().shutdown();
        tpm.nv().saveOrderly();
        ShutdownKind kind = type == TpmSu.STATE ? ShutdownKind.STATE : ShutdownKind.CLEAR;
        tpm.countdownTimers().shutdown(kind);
        tpm.orderly().shutdown(kind);
    }
}
