package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.audit.CommandAudit;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.structure.TpmsCommandAuditInfo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_GetCommandAuditDigest (Part 3, 18.6). A digest that has been signed is done: the next audited command begins another. */
public final class GetCommandAuditDigest implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        command.endOfParameters();
        Signer signer = Signer.of(command, 2, inScheme, 2);
        TpmState tpm = command.tpm();
        if (signer.key().isPresent()) {
            tpm.requireNvIfOrderly();
        }
        CommandAudit audit = tpm.commandAudit();
        TpmsCommandAuditInfo info =
                new TpmsCommandAuditInfo(audit.counter(), audit.hash(), audit.digest(), audit.codesDigest());
        new Attestation(tpm, signer).write(qualifyingData, info, command.response());
        if (signer.key().isPresent()) {
            audit.attested();
        }
    }
}
