package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvDefinition;
import dev.vtpmd.protocol.nv.TpmtNvPublic2;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_NV_DefineSpace2 (Part 3, 31.18). */
public final class NvDefineSpace2 implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b authValue = command.parameter(Tpm2bType.AUTH::read);
        TpmtNvPublic2 publicArea = command.parameter(in -> in.sized(TpmtNvPublic2::read));
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        tpm.nv().define(new NvDefinition(tpm, command.handle(1), publicArea.nvIndex()).index(authValue));
    }
}
