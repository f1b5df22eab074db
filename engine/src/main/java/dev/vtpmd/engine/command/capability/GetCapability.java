package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_GetCapability (Part 3, 30.2). */
public final class GetCapability implements Command {
    private final CommandTable table;

    /** Reports the commands of {@code table}. */
    public GetCapability(CommandTable table) {
        this.table = table;
    }

    @Override
    public void execute(CommandContext command) {
        TpmCap capability = command.parameter(TpmCap::read);
        int property = command.intParameter(TpmReader::u32);
        int count = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        Capabilities.Page page = new Capabilities(command.tpm(), table, 1, 2).page(capability, property, count);
        command.response().u8(page.moreData() ? 1 : 0);
        page.data().write(command.response());
    }
}
