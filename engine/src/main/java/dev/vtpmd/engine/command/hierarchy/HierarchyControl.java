package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_HierarchyControl (Part 3, 24.2). What belongs to a disabled hierarchy is hidden, not deleted. */
public final class HierarchyControl implements Command {
    @Override
    public void execute(CommandContext command) {
        int hierarchy = command.intParameter(HandleType.TPMI_RH_ENABLES::read);
        boolean on = command.yesNoParameter();
        command.endOfParameters();
        int authHandle = command.handle(1);
        boolean platforms = hierarchy == TpmRh.PLATFORM || hierarchy == TpmRh.PLATFORM_NV;
        // A hierarchy that is off cannot authorize, so that only the platform turns it on again.
        if (authHandle != TpmRh.PLATFORM && (platforms || authHandle != hierarchy)) {
            throw TpmException.of(TpmRc.AUTH_TYPE);
        }
        TpmState tpm = command.tpm();
        if (tpm.hierarchies().enabled(hierarchy) == on) {
            return;
        }
        tpm.requireNvIfOrderly();
        tpm.hierarchies().enabled(hierarchy, on);
        if (!on && hierarchy != TpmRh.PLATFORM_NV) {
            tpm.objects().flushIf(of -> of == hierarchy);
        }
    }
}
