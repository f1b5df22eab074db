package dev.vtpmd.engine.command.miscellaneous;

import dev.vtpmd.engine.authorization.PhysicalPresence;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.structure.TpmlCc;

import java.util.Optional;

/** TPM2_PP_Commands (Part 3, 26.2). Codes of commands that never need physical presence are passed over. */
public final class PpCommands implements Command {
    private final CommandTable table;

    /** Lists the commands of {@code table}. */
    public PpCommands(CommandTable table) {
        this.table = table;
    }

    @Override
    public void execute(CommandContext command) {
        TpmlCc setList = command.parameter(TpmlCc::read);
        TpmlCc clearList = command.parameter(TpmlCc::read);
        command.endOfParameters();
        command.tpm().requireNv();
        PhysicalPresence presence = command.tpm().physicalPresence();
        setList.commandCodes().forEach(code -> candidate(code).ifPresent(presence::add));
        clearList.commandCodes().forEach(code -> candidate(code).ifPresent(presence::remove));
    }

    private Optional<TpmCc> candidate(int code) {
        return Optional.ofNullable(table.find(code))
                .filter(CommandRow::physicalPresence)
                .map(CommandRow::code);
    }
}
