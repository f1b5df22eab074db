package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmsPcrSelection;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.EnumMap;
import java.util.Map;

/** TPM2_PCR_Allocate (Part 3, 22.5): which PCRs each bank has after the next TPM Reset. */
public final class PcrAllocate implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmlPcrSelection selection = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        PcrBanks pcrs = tpm.pcrs();
        Map<TpmiAlgHash, Integer> allocation = new EnumMap<>(TpmiAlgHash.class);
        pcrs.hashes().forEach(hash -> allocation.put(hash, pcrs.nextAllocation(hash)));
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            allocation.put(bank.hash(), bank.pcrSelect());
        }
        int inSomeBank = allocation.values().stream().reduce(0, (a, b) -> a | b);
        int required = 1 << PcrAttributes.H_CRTM_PCR | 1 << PcrAttributes.D_RTM_PCR;
        if ((inSomeBank & required) != required) {
            throw TpmException.of(TpmRc.PCR);
        }
        allocation.forEach(pcrs::nextAllocation);
        pcrs.reconfigured();
        int needed = size(allocation);
        TpmWriter out = command.response();
        out.u8(1);
        out.u32(PcrAttributes.COUNT);
        out.u32(needed);
        out.u32(size(all(pcrs)));
    }

    private static Map<TpmiAlgHash, Integer> all(PcrBanks pcrs) {
        Map<TpmiAlgHash, Integer> allocation = new EnumMap<>(TpmiAlgHash.class);
        pcrs.hashes().forEach(hash -> allocation.put(hash, PcrBanks.ALL_PCRS));
        return allocation;
    }

    private static int size(Map<TpmiAlgHash, Integer> allocation) {
        return allocation.entrySet().stream()
                .mapToInt(bank ->
                        Integer.bitCount(bank.getValue()) * bank.getKey().digestSize())
                .sum();
    }
}
