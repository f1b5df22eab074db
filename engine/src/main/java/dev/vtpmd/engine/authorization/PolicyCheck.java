package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.AuthRole;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmException;

import java.security.MessageDigest;

/**
 * Whether a policy session authorizes the use of an entity (Part 1, 19.7). The order of the checks is that of the TCG's
 * reference code, because it decides which response code a caller sees.
 */
final class PolicyCheck {
    private static final int EXTENDED_LOCALITY = 32;

    private final CommandContext command;
    private final CommandHashes hashes;
    private final Entities entities;

    PolicyCheck(CommandContext command, CommandHashes hashes, Entities entities) {
        this.command = command;
        this.hashes = hashes;
        this.entities = entities;
    }

    /** Throws the response code, without location, if the policy does not authorize {@code use}. */
    void check(SessionUse use) {
        Session session = use.session();
        PolicyState policy = session.policy();
        TpmState tpm = command.tpm();
        if (command.code() == TpmCc.POLICY_SECRET && policy.authorization() == PolicyState.Authorization.NONE) {
            throw TpmException.of(TpmRc.MODE);
        }
        if (policy.pcrChecked() && policy.pcrUpdateCounter() != tpm.pcrs().updateCounter()) {
            throw TpmException.of(TpmRc.PCR_CHANGED);
        }
        TpmtHa required = entities.policy(use.entity());
        if (!required.digest().equals(policy.digest()) || required.hashAlg() != session.hash()) {
            throw TpmException.of(TpmRc.POLICY_FAIL);
        }
        checkTime(policy, tpm);
        checkCommandCode(policy, command.row().role(use.number()));
        if (!localityAllowed(policy.locality(), command.locality())) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
        if (policy.physicalPresence() && !tpm.platform().physicalPresence()) {
            throw TpmException.of(TpmRc.PP);
        }
        checkHash(policy, session.hash());
        checkNvWritten(policy, use.entity());
        // Commands do not come through SPDM sessions here.
        if (policy.secureChannel()) {
            throw TpmException.of(TpmRc.CHANNEL);
        }
    }

    private static void checkTime(PolicyState policy, TpmState tpm) {
        if (policy.timeout() == 0) {
            return;
        }
        tpm.requireNv();
        boolean passed = Long.compareUnsigned(policy.timeout(), tpm.clock().time()) < 0;
        if (passed || policy.timeEpoch() != tpm.clock().timeEpoch()) {
            throw TpmException.of(TpmRc.EXPIRED);
        }
    }

    private void checkCommandCode(PolicyState policy, AuthRole role) {
        if (policy.commandCode() != null) {
            if (policy.commandCode() != command.code()) {
                throw TpmException.of(TpmRc.POLICY_CC);
            }
        } else if (role == AuthRole.ADMIN || role == AuthRole.DUP) {
            throw TpmException.of(TpmRc.POLICY_FAIL);
        }
    }

    private static boolean localityAllowed(int allowed, int locality) {
        if (allowed == Session.ANY_LOCALITY) {
            return true;
        }
        return allowed >= EXTENDED_LOCALITY ? allowed == locality : locality <= 4 && (allowed >> locality & 1) != 0;
    }

    private void checkHash(PolicyState policy, TpmiAlgHash hash) {
        byte[] actual = switch (policy.hash().kind()) {
            case NONE -> null;
            case COMMAND, COMMAND_AFTER_TEMPLATE -> hashes.cpHash(hash);
            case NAMES -> hashes.nameHash(hash);
            case PARAMETERS -> hashes.parametersHash(hash);
            case TEMPLATE -> templateHash(hash);
        };
        if (actual != null
                && !MessageDigest.isEqual(actual, policy.hash().digest().bytes())) {
            throw TpmException.of(TpmRc.POLICY_FAIL);
        }
    }

    private byte[] templateHash(TpmiAlgHash hash) {
        byte[] actual = hashes.templateHash(hash);
        if (actual == null) {
            throw TpmException.of(TpmRc.POLICY_FAIL);
        }
        return actual;
    }

    private void checkNvWritten(PolicyState policy, int entity) {
        if (policy.nvWritten() == null) {
            return;
        }
        NvIndex index = entities.index(entity);
        if (index == null || index.attributes().written() != policy.nvWritten()) {
            throw TpmException.of(TpmRc.POLICY_FAIL);
        }
    }
}
