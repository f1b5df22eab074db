package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrAttributes;
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
        TpmWriter values = new TpmWriter(MAXIMUM * (Short.BYTES + 64));
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            int returned = 0;
            for (int pcr = 0; pcr < PcrAttributes.COUNT && room > 0; pcr++) {
                if (bank.isSelected(pcr) && pcrs.allocated(bank.hash(), pcr)) {
                    values.sizedBytes(pcrs.value(bank.hash(), pcr));
                    returned |= 1 << pcr;
                    room--;
                }
            }
            bank.withPcrSelect(returned).write(out);
        }
        out.u32(MAXIMUM - room);
        out.bytes(values.array(), 0, values.position());
    }
}
