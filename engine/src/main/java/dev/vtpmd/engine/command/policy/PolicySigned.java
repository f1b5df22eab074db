package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.policy.AuthorizationTicket;
import dev.vtpmd.engine.policy.AuthorizedPolicy;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.algorithm.TpmsSignatureEcc;
import dev.vtpmd.protocol.algorithm.TpmsSignatureRsa;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.algorithm.TpmuSignature;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_PolicySigned (Part 3, 23.3). */
public final class PolicySigned implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b nonceTpm = command.parameter(Tpm2bType.NONCE::read);
        Tpm2b cpHash = command.parameter(Tpm2bType.DIGEST::read);
        Tpm2b policyRef = command.parameter(Tpm2bType.NONCE::read);
        int expiration = command.intParameter(TpmReader::u32);
        TpmtSignature signature = command.parameter(TpmtSignature::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        TpmObject key = command.object(1, TpmRc.KEY);
        Session session = command.session(2);
        AuthorizedPolicy policy = new AuthorizedPolicy(tpm, session);
        long timeout = policy.timeout(expiration, nonceTpm);
        if (!session.isTrial()) {
            policy.checkNonce(nonceTpm, 1);
            policy.checkTimeout(timeout, 4);
            policy.checkCpHash(cpHash, 2);
            byte[] signed = signedBytes(nonceTpm, expiration, cpHash, policyRef);
            verify(tpm, key, signed, signature);
        }
        policy.update(command.code(), key.name(), policyRef, cpHash, timeout);
        boolean ticket = expiration < 0 && !session.isTrial();
        new AuthorizationTicket(TpmSt.AUTH_SIGNED, key.hierarchy(), cpHash, policyRef, key.name())
                .write(tpm, ticket, timeout, nonceTpm.isEmpty(), command.response());
    }

    /** What the holder of the key signs: aHash is the digest of these bytes. */
    private static byte[] signedBytes(Tpm2b nonceTpm, int expiration, Tpm2b cpHash, Tpm2b policyRef) {
        return TpmWriter.toByteArray(out -> {
            out.bytes(nonceTpm.bytes());
            out.u32(expiration);
            out.bytes(cpHash.bytes());
            out.bytes(policyRef.bytes());
        });
    }

    private static void verify(TpmState tpm, TpmObject key, byte[] signed, TpmtSignature signature) {
        byte[] digest = tpm.digests().digest(hash(signature.signature()), signed);
        try {
            tpm.signatures().verify(key, Tpm2b.wrap(digest), signature);
        } catch (TpmException e) {
            throw e.atParameter(5);
        }
    }

    private static TpmiAlgHash hash(TpmuSignature signature) {
        return switch (signature) {
            case TpmsSignatureRsa rsa -> rsa.hash();
            case TpmsSignatureEcc ecc -> ecc.hash();
            case TpmuSignature.Hmac hmac -> hmac.hmac().hashAlg();
            case TpmuSignature.Null none -> throw TpmException.parameter(5, TpmRc.SCHEME);
        };
    }
}
