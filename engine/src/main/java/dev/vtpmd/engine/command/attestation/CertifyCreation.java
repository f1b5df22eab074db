package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmsCreationInfo;
import dev.vtpmd.protocol.structure.TpmtTkCreation;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_CertifyCreation (Part 3, 18.3). */
public final class CertifyCreation implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        Tpm2b creationHash = command.parameter(Tpm2bType.DIGEST::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        TpmtTkCreation ticket = command.parameter(TpmtTkCreation::read);
        command.endOfParameters();
        Signer signer = Signer.of(command, 1, inScheme, 3);
        TpmState tpm = command.tpm();
        Tpm2b name = command.loadedObject(2).name();
        if (!ticket.equals(tpm.tickets().creation(ticket.hierarchy(), name, creationHash))) {
            throw TpmException.parameter(4, TpmRc.TICKET);
        }
        TpmsCreationInfo creation = new TpmsCreationInfo(name, creationHash);
        new Attestation(tpm, signer).write(qualifyingData, creation, command.response());
    }
}
