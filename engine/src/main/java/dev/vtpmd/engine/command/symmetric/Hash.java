package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.structure.TpmsAttest;
import dev.vtpmd.protocol.structure.TpmtTkHashcheck;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_Hash (Part 3, 15.4). */
public final class Hash implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        TpmiAlgHash hash = command.parameter(TpmiAlgHash::read);
        int hierarchy = command.intParameter(HandleType.TPMI_RH_HIERARCHY::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        Tpm2b digest = Tpm2b.wrap(tpm.digests().digest(hash, data.bytes()));
        boolean ticket = hierarchy != TpmRh.NULL && !beginsAsAttestation(data);
        digest.write(command.response());
        (ticket ? tpm.tickets().hashcheck(hierarchy, hash, digest) : TpmtTkHashcheck.NULL).write(command.response());
    }

    /** Data too short for TPM_GENERATED_VALUE cannot be an attestation, other than the beginning of a sequence. */
    private static boolean beginsAsAttestation(Tpm2b data) {
        return data.size() >= Integer.BYTES && new TpmReader(data.bytes(), null).u32() == TpmsAttest.MAGIC;
    }
}
