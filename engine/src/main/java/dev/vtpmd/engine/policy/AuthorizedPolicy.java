package dev.vtpmd.engine.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * What TPM2_PolicySigned, TPM2_PolicySecret and TPM2_PolicyTicket have in common: an authorization that may be bound to the
 * session's nonce and to a cpHash, and may expire (Part 3, 23.2.2 to 23.2.5).
 */
public final class AuthorizedPolicy {
    private static final long MILLISECONDS = 1000;

    private final TpmState tpm;
    private final Session session;
    private final PolicyDigest digests;

    /** Authorizations for {@code session}, a policy or trial session. */
    public AuthorizedPolicy(TpmState tpm, Session session) {
        this.tpm = tpm;
        this.session = session;
        this.digests = new PolicyDigest(tpm.digests());
    }

    /**
     * When an authorization expires: a value of Time in milliseconds, 0 for never.
     *
     * @param expiration seconds; only their number counts, not the sign
     * @param nonceTpm if not empty the time counts from the start of the session, otherwise it is a value of Time itself
     */
    public long timeout(int expiration, Tpm2b nonceTpm) {
        if (expiration == 0) {
            return 0;
        }
        long duration = Math.abs((long) expiration) * MILLISECONDS;
        return nonceTpm.isEmpty()
                ? duration + tpm.clock().time() % MILLISECONDS
                : session.policy().startTime() + duration;
    }

    /**
     * Throws TPM_RC_NONCE unless the nonce is empty or the session's, with the number of its parameter.
     */
    public void checkNonce(Tpm2b nonceTpm, int parameter) {
        if (!nonceTpm.isEmpty() && !nonceTpm.equals(session.nonceTpm())) {
            throw TpmException.parameter(parameter, TpmRc.NONCE);
        }
    }

    /** Throws TPM_RC_EXPIRED, with the number of the parameter, if the authorization has expired. */
    public void checkTimeout(long timeout, int parameter) {
        if (timeout == 0) {
            return;
        }
        tpm.requireNv();
        boolean passed = Long.compareUnsigned(timeout, tpm.clock().time()) < 0;
        if (passed || session.policy().timeEpoch() != tpm.clock().timeEpoch()) {
            throw TpmException.parameter(parameter, TpmRc.EXPIRED);
        }
    }

    /**
     * Throws TPM_RC_SIZE, with the number of the parameter, if cpHashA is neither empty nor a digest of the session's hash
     * algorithm, and TPM_RC_CPHASH if the session is bound to another hash.
     */
    public void checkCpHash(Tpm2b cpHash, int parameter) {
        if (cpHash.isEmpty()) {
            return;
        }
        if (cpHash.size() != session.hash().digestSize()) {
            throw TpmException.parameter(parameter, TpmRc.SIZE);
        }
        Tpm2b bound = session.policy().hash().digest();
        if (!bound.isEmpty() && !bound.equals(cpHash)) {
            throw TpmException.of(TpmRc.CPHASH);
        }
    }

    /** PolicyContextUpdate: takes the authorization into the session. */
    public void update(TpmCc code, Tpm2b name, Tpm2b policyRef, Tpm2b cpHash, long timeout) {
        PolicyState updated =
                digests.extendWithName(session, code, name, policyRef).withTimeout(timeout);
        if (!cpHash.isEmpty()) {
            updated = updated.withHash(session.policy().hash().followedByCommand(cpHash));
        }
        session.policy(updated);
    }
}
