package dev.vtpmd.engine.command.duplication;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * The handle of a parent that an outer wrapper is for: an asymmetric storage key, of which the public part is enough, or
 * TPM_RH_NULL for no outer wrapper.
 */
final class NewParent {
    private NewParent() {}

    /**
     * The key that handle {@code number} of {@code command} refers to, or null for TPM_RH_NULL.
     *
     * @throws TpmException TPM_RC_TYPE of the handle if it is no such key
     */
    static TpmObject of(CommandContext command, int number) {
        if (command.handle(number) == TpmRh.NULL) {
            return null;
        }
        TpmObject parent = command.object(number, TpmRc.TYPE);
        boolean asymmetric = parent.type() == TpmAlgId.RSA || parent.type() == TpmAlgId.ECC;
        boolean storage = parent.attributes().restricted()
                && parent.attributes().decrypt()
                && !parent.attributes().sign();
        if (!asymmetric || !storage) {
            throw TpmException.handle(number, TpmRc.TYPE);
        }
        return parent;
    }
}
