package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmsPcrSelection;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_PCR_Read (Part 3, 22.4). At most eight values are returned; the selection that is returned says which. */
public final class PcrRead implements Command {
    private static final int MAXIMUM = 8;

    @Override
    public void execute(CommandContext command) {
        TpmlPcrSelection selection = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();
        PcrBanks pcrs = command.tpm().pcrs();
        TpmWriter out = command.response();
        out.u32(pcrs.updateCounter());
        out.u32(selection.pcrSelections().size());
        int room = MAXIMUM;
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            int returned = returned(bank, room, pcrs);
            room -= Integer.bitCount(returned);
            bank.withPcrSelect(returned).write(out);
        }
        out.u32(MAXIMUM - room);
        room = MAXIMUM;
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            int returned = returned(bank, room, pcrs);
            room -= Integer.bitCount(returned);
            for (int rest = returned; rest != 0; rest &= rest - 1) {
                pcrs.writeValue(bank.hash(), Integer.numberOfTrailingZeros(rest), out);
            }
        }
    }

    /** The first {@code most} PCRs of {@code bank} that have a value, a bit each. */
    private static int returned(TpmsPcrSelection bank, int most, PcrBanks pcrs) {
        int returned = bank.pcrSelect() & pcrs.allocation(bank.hash());
        while (Integer.bitCount(returned) > most) {
            returned &= ~Integer.highestOneBit(returned);
        }
        return returned;
    }
}
