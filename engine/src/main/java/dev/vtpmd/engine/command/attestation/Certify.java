package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmsCertifyInfo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/**
 * TPM2_Certify (Part 3, 18.2). A sequence, which has no Name, is refused with TPM_RC_TYPE. An anonymous certificate leaves out
 * the qualified Name, which would show whose key it is.
 */
public final class Certify implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        command.endOfParameters();
        Signer signer = Signer.of(command, 2, inScheme, 2);
        TpmObject object = command.object(1, TpmRc.TYPE);
        Tpm2b qualifiedName = signer.anonymous() ? Tpm2b.EMPTY : object.qualifiedName();
        TpmsCertifyInfo certified = new TpmsCertifyInfo(object.name(), qualifiedName);
        new Attestation(command.tpm(), signer).write(qualifyingData, certified, command.response());
    }
}
