package dev.vtpmd.engine.policy;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** How policyDigest is extended (Part 3, 23.2). */
public final class PolicyDigest {
    private final Digests digests;

    /** Policy digests computed with {@code digests}. */
    public PolicyDigest(Digests digests) {
        this.digests = digests;
    }

    /** {@code H(policyDigest || command code || arguments)}: the session's state with its digest extended. */
    public PolicyState extend(Session session, TpmCc code, byte[]... arguments) {
        PolicyState policy = session.policy();
        return policy.withDigest(extend(session, policy.digest(), code, arguments));
    }

    /** The same, from a digest of zeros. */
    public PolicyState extendZeros(Session session, TpmCc code, byte[]... arguments) {
        Tpm2b zeros = Tpm2b.zeros(session.hash().digestSize());
        return session.policy().withDigest(extend(session, zeros, code, arguments));
    }

    /**
     * PolicyUpdate: {@code H(H(policyDigest || command code || name) || policyRef)}. The second digest is made even where
     * policyRef is empty.
     */
    public PolicyState extendWithName(Session session, TpmCc code, Tpm2b name, Tpm2b policyRef) {
        PolicyState named = extend(session, code, name.bytes());
        return named.withDigest(addReference(session, named.digest(), policyRef));
    }

    /** PolicyUpdate from a digest of zeros. */
    public PolicyState extendZerosWithName(Session session, TpmCc code, Tpm2b name, Tpm2b policyRef) {
        PolicyState named = extendZeros(session, code, name.bytes());
        return named.withDigest(addReference(session, named.digest(), policyRef));
    }

    private Tpm2b extend(Session session, Tpm2b digest, TpmCc code, byte[]... arguments) {
        MessageDigest function = digests.start(session.hash());
        function.update(digest.bytes());
        function.update(ByteBuffer.allocate(Integer.BYTES).putInt(code.value()).array());
        for (byte[] argument : arguments) {
            function.update(argument);
        }
        return Tpm2b.wrap(function.digest());
    }

    private Tpm2b addReference(Session session, Tpm2b digest, Tpm2b policyRef) {
        return Tpm2b.wrap(digests.digest(session.hash(), digest.bytes(), policyRef.bytes()));
    }
}
