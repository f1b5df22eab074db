package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlDigestValues;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.ArrayList;
import java.util.List;

/** TPM2_PCR_Event (Part 3, 22.3): hashes data with every hash algorithm and extends a PCR with the digests. */
public final class PcrEvent implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.EVENT::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        int pcr = command.handle(1);
        if (pcr != TpmRh.NULL) {
            beginExtend(command, pcr);
        }
        List<TpmtHa> digests = new ArrayList<>();
        for (TpmiAlgHash hash : tpm.pcrs().hashes()) {
            byte[] digest = tpm.digests().digest(hash, data.bytes());
            if (pcr != TpmRh.NULL) {
                tpm.pcrs().extend(hash, pcr, digest);
            }
            digests.add(new TpmtHa(hash, Tpm2b.wrap(digest)));
        }
        new TpmlDigestValues(digests).write(command.response());
    }

    /**
     * What comes before a PCR is extended: the last check, and the end of an orderly state that the PCR is part of, also where no
     * bank of it is going to change.
     *
     * @throws TpmException TPM_RC_LOCALITY; TPM_RC_NV_UNAVAILABLE if the orderly state cannot be ended
     */
    public static void beginExtend(CommandContext command, int pcr) {
        PcrAttributes attributes = PcrAttributes.of(pcr);
        if (!attributes.extendableFrom(command.locality())) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
        if (attributes.saved()) {
            command.tpm().requireNvIfOrderly();
            command.tpm().orderly().savedStateChanged();
        }
    }
}
