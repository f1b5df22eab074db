package dev.vtpmd.engine.policy;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.PolicyHash;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a policy command does that selects, for one other command, the Names of its handles: TPM2_PolicyDuplicationSelect (Part 3,
 * 23.15) and TPM2_Policy_AC_SendSelect (32.4). The session is bound to all of the Names; the policy names the object only where
 * the caller includes it.
 */
public final class NameSelection {
    private final TpmCc selected;

    /** Selects Names for this command. */
    public NameSelection(TpmCc selected) {
        this.selected = selected;
    }

    /**
     * Extends the policy of the session that is the command's first handle.
     *
     * @param others the Names after the object's, in the order of the handles
     * @throws TpmException TPM_RC_CPHASH or TPM_RC_COMMAND_CODE if the session is bound to something already
     */
    public void execute(CommandContext command, Tpm2b objectName, boolean includeObject, Tpm2b... others) {
        Session session = command.session(1);
        PolicyState policy = session.policy();
        if (policy.hash().kind() != PolicyHash.Kind.NONE) {
            throw TpmException.of(TpmRc.CPHASH);
        }
        if (policy.commandCode() != null) {
            throw TpmException.of(TpmRc.COMMAND_CODE);
        }
        byte[] nameHash = command.tpm().digests().digest(session.hash(), bytes(objectName, others));
        byte[][] arguments = bytes(includeObject ? objectName : Tpm2b.EMPTY, others);
        byte[][] withFlag = Arrays.copyOf(arguments, arguments.length + 1);
        withFlag[arguments.length] = new byte[] {(byte) (includeObject ? 1 : 0)};
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), withFlag)
                .withHash(new PolicyHash(PolicyHash.Kind.NAMES, Tpm2b.wrap(nameHash)))
                .withCommandCode(selected));
    }

    private static byte[][] bytes(Tpm2b first, Tpm2b... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others))
                .map(Tpm2b::bytes)
                .toArray(byte[][]::new);
    }
}
