package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** The handle of a key that a credential is for: an asymmetric restricted decryption key, as an endorsement key is. */
final class CredentialKey {
    private CredentialKey() {}

    /**
     * The key that handle {@code number} of {@code command} refers to.
     *
     * @throws TpmException TPM_RC_TYPE of the handle if it is no such key
     */
    static TpmObject of(CommandContext command, int number) {
        TpmObject key = command.object(number, TpmRc.TYPE);
        boolean asymmetric = key.type() == TpmAlgId.RSA || key.type() == TpmAlgId.ECC;
        if (!asymmetric || !key.attributes().restricted() || !key.attributes().decrypt()) {
            throw TpmException.handle(number, TpmRc.TYPE);
        }
        return key;
    }
}
