package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPM2_PolicyTransportSPDM (Part 3, 23.27): the command that the session authorizes must come through an SPDM session. No
 * command does here, so that the keys need not be remembered beyond the digest.
 */
public final class PolicyTransportSpdm implements Command {
    private static final int ALGORITHM_SIZE = 2;

    @Override
    public void execute(CommandContext command) {
        Tpm2b requesterKey = command.parameter(Tpm2bType.NAME::read);
        Tpm2b tpmKey = command.parameter(Tpm2bType.NAME::read);
        command.endOfParameters();
        Session session = command.session(1);
        if (session.policy().secureChannel()) {
            throw TpmException.of(TpmRc.VALUE);
        }
        checkName(command.tpm(), requesterKey, 1);
        checkName(command.tpm(), tpmKey, 2);
        byte[] keys = new byte[0];
        if (!requesterKey.isEmpty() || !tpmKey.isEmpty()) {
            byte[] names = TpmWriter.toByteArray(out -> {
                requesterKey.write(out);
                tpmKey.write(out);
            });
            keys = command.tpm().digests().digest(session.hash(), names);
        }
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), keys)
                .withSecureChannel());
    }

    /** A Name of an object, or nothing. */
    private static void checkName(TpmState tpm, Tpm2b name, int parameter) {
        if (name.isEmpty()) {
            return;
        }
        if (name.size() < ALGORITHM_SIZE) {
            throw TpmException.parameter(parameter, TpmRc.SIZE);
        }
        byte[] bytes = name.bytes();
        TpmiAlgHash hash = TpmiAlgHash.of((bytes[0] & 0xFF) << Byte.SIZE | bytes[1] & 0xFF);
        if (hash == null || !tpm.profile().offers(hash)) {
            throw TpmException.parameter(parameter, TpmRc.HASH);
        }
        if (name.size() != ALGORITHM_SIZE + hash.digestSize()) {
            throw TpmException.parameter(parameter, TpmRc.SIZE);
        }
    }
}
