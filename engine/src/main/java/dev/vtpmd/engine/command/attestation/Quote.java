package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmsQuoteInfo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Quote (Part 3, 18.4). */
public final class Quote implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        TpmlPcrSelection selection = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();
        Signer signer = Signer.of(command, 1, inScheme, 2);
        TpmiAlgHash hash = signer.scheme().hashAlg();
        if (hash == TpmiAlgHash.NULL) {
            throw TpmException.parameter(2, TpmRc.SCHEME);
        }
        TpmState tpm = command.tpm();
        TpmlPcrSelection allocated = tpm.pcrs().onlyAllocated(selection);
        Tpm2b digest = Tpm2b.wrap(tpm.pcrs().composite(hash, allocated));
        new Attestation(tpm, signer).write(qualifyingData, new TpmsQuoteInfo(allocated, digest), command.response());
    }
}
