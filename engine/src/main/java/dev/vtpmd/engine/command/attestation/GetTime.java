package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmIdentity;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.structure.TpmsTimeAttestInfo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_GetTime (Part 3, 18.7). The time and version that it attests are never obfuscated: the privacy administrator asks. */
public final class GetTime implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        command.endOfParameters();
        Signer signer = Signer.of(command, 2, inScheme, 2);
        TpmState tpm = command.tpm();
        TpmsTimeAttestInfo time = new TpmsTimeAttestInfo(tpm.clock().timeInfo(), TpmIdentity.FIRMWARE_VERSION);
        new Attestation(tpm, signer).write(qualifyingData, time, command.response());
    }
}
