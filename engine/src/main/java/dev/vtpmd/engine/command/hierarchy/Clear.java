package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Clear (Part 3, 24.6): removes everything that belongs to the owner of the TPM. */
public final class Clear implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        if (tpm.hierarchies().clearDisabled()) {
            throw TpmException.of(TpmRc.DISABLED);
        }
        tpm.hierarchies().clear();
        tpm.objects().flushIf(Clear::ofOwner);
        tpm.objects().evictIf(Clear::ofOwner);
        tpm.nv().undefineIf(index -> !index.attributes().platformCreate());
        tpm.dictionaryAttack().clear();
        tpm.clock().clear();
        tpm.commandAudit().clear();
        tpm.pcrs().countClear();
    }

    private static boolean ofOwner(int hierarchy) {
        return hierarchy == TpmRh.OWNER || hierarchy == TpmRh.ENDORSEMENT;
    }
}
