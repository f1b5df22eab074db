package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmsSessionAuditInfo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_GetSessionAuditDigest (Part 3, 18.5). */
public final class GetSessionAuditDigest implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        command.endOfParameters();
        Signer signer = Signer.of(command, 2, inScheme, 2);
        Session session = command.session(3);
        if (!session.audit().active()) {
            throw TpmException.handle(3, TpmRc.TYPE);
        }
        TpmState tpm = command.tpm();
        boolean exclusive = tpm.sessions().exclusive() == session.handle();
        TpmsSessionAuditInfo audit =
                new TpmsSessionAuditInfo(exclusive, session.audit().digest());
        new Attestation(tpm, signer).write(qualifyingData, audit, command.response());
    }
}
