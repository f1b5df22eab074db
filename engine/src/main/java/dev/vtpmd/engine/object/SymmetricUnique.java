package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.wire.Tpm2b;

/** The {@code unique} of objects without a public key, which binds the public area to the secrets (Part 1, 27.5.3.2). */
final class SymmetricUnique {
    private final Digests digests;
    private final Hmacs hmacs;

    SymmetricUnique(Digests digests, Hmacs hmacs) {
        this.digests = digests;
        this.hmacs = hmacs;
    }

    /** The {@code unique} of a SYMCIPHER or KEYEDHASH object whose nameAlg is not NULL. */
    TpmuPublicId of(TpmtPublic area, TpmtSensitive sensitive) {
        TpmaObject attributes = area.objectAttributes();
        byte[] seed = sensitive.seedValue().bytes();
        byte[] secret = sensitive.sensitive().bytes();
        boolean parent = attributes.restricted() && attributes.decrypt();
        Tpm2b unique = Tpm2b.wrap(
                parent ? hmacs.hmac(area.nameAlg(), seed, secret) : digests.digest(area.nameAlg(), seed, secret));
        return area.type() == TpmAlgId.SYMCIPHER ? new TpmuPublicId.Sym(unique) : new TpmuPublicId.KeyedHash(unique);
    }
}
