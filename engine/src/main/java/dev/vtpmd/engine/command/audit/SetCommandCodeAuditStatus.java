package dev.vtpmd.engine.command.audit;

import dev.vtpmd.engine.audit.CommandAudit;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlCc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_SetCommandCodeAuditStatus (Part 3, 21.2). It changes the hash algorithm or the list of commands, never both. */
public final class SetCommandCodeAuditStatus implements Command {
    private final CommandTable table;

    /** Lists the commands of {@code table}; codes of others are passed over. */
    public SetCommandCodeAuditStatus(CommandTable table) {
        this.table = table;
    }

    @Override
    public void execute(CommandContext command) {
        TpmiAlgHash auditAlg = command.parameter(TpmiAlgHash::readOrNull);
        TpmlCc setList = command.parameter(TpmlCc::read);
        TpmlCc clearList = command.parameter(TpmlCc::read);
        command.endOfParameters();
        command.tpm().requireNv();
        CommandAudit audit = command.tpm().commandAudit();
        if (auditAlg != TpmiAlgHash.NULL && auditAlg != audit.hash()) {
            if (!setList.commandCodes().isEmpty() || !clearList.commandCodes().isEmpty()) {
                throw TpmException.parameter(1, TpmRc.VALUE);
            }
            audit.hash(auditAlg);
            return;
        }
        for (int code : setList.commandCodes()) {
            if (table.find(code) != null) {
                audit.add(TpmCc.of(code));
            }
        }
        for (int code : clearList.commandCodes()) {
            if (table.find(code) != null) {
                audit.remove(TpmCc.of(code));
            }
        }
    }
}
