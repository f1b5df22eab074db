package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * Key and scheme of TPM2_RSA_Encrypt and TPM2_RSA_Decrypt (Part 3, 14.2 and 14.3).
 *
 * @param key an RSA decryption key
 * @param scheme RSAES, OAEP, or NULL for no padding
 * @param label for OAEP, with the zero byte that ends it, or empty
 */
record RsaCipher(TpmObject key, TpmtAsymScheme scheme, Tpm2b label) {
    /**
     * Key and scheme for a command whose handle 1 is the key, parameter 2 the scheme, and parameter 3 the label.
     *
     * @throws TpmException TPM_RC_KEY or TPM_RC_ATTRIBUTES of the handle, TPM_RC_VALUE of the label, TPM_RC_SCHEME of the
     *     scheme
     */
    static RsaCipher of(CommandContext command, boolean restrictedAllowed, TpmtAsymScheme inScheme, Tpm2b label) {
        TpmObject key = command.object(1, TpmRc.KEY);
        if (!(key.publicArea().parameters() instanceof TpmsRsaParms parameters)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (!key.attributes().decrypt() || key.attributes().restricted() && !restrictedAllowed) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        if (!label.isEmpty() && label.bytes()[label.size() - 1] != 0) {
            throw TpmException.parameter(3, TpmRc.VALUE);
        }
        TpmtAsymScheme keyScheme = parameters.scheme();
        TpmtAsymScheme scheme = inScheme.isNull() ? keyScheme : inScheme;
        boolean encrypts = scheme.isNull() || scheme.scheme() == TpmAlgId.RSAES || scheme.scheme() == TpmAlgId.OAEP;
        if (!encrypts || !keyScheme.isNull() && !keyScheme.equals(scheme)) {
            throw TpmException.parameter(2, TpmRc.SCHEME);
        }
        return new RsaCipher(key, scheme, label);
    }
}
