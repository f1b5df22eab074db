package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;

/** The authorization policies of hierarchies, which libtpms stores as a hash algorithm here and a digest there. */
final class Policies {
    private Policies() {}

    static TpmtHa of(int algorithm, Tpm2b digest) {
        TpmiAlgHash hash = TpmiAlgHash.of(algorithm);
        if (hash == null || digest.size() != hash.digestSize()) {
            throw new MalformedStateException("it is damaged: a hierarchy's policy does not fit its hash algorithm");
        }
        return new TpmtHa(hash, digest);
    }
}
