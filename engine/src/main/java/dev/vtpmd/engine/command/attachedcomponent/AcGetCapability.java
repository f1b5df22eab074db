package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.attachedcomponent.TpmAt;
import dev.vtpmd.protocol.attachedcomponent.TpmlAcCapabilities;
import dev.vtpmd.protocol.attachedcomponent.TpmsAcOutput;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.Comparator;
import java.util.List;

/** TPM2_AC_GetCapability (Part 3, 32.2). */
public final class AcGetCapability implements Command {
    @Override
    public void execute(CommandContext command) {
        int capability = command.intParameter(TpmAt::read);
        int count = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        List<TpmsAcOutput> from = command.tpm().platform().attachedComponent(command.handle(1)).capabilities().stream()
                .filter(entry -> Integer.compareUnsigned(entry.tag(), capability) >= 0)
                .sorted(Comparator.comparing(TpmsAcOutput::tag, Integer::compareUnsigned))
                .toList();
        int limit = Integer.compareUnsigned(count, TpmlAcCapabilities.MAX) < 0 ? count : TpmlAcCapabilities.MAX;
        List<TpmsAcOutput> part = from.subList(0, Math.min(limit, from.size()));
        command.response().u8(part.size() < from.size() ? 1 : 0);
        new TpmlAcCapabilities(part).write(command.response());
    }
}
