package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.EccEncryption;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.wire.TpmException;

/** What TPM2_ECC_Encrypt and TPM2_ECC_Decrypt share. */
final class EccCipher {
    private EccCipher() {}

    static EccEncryption of(TpmState tpm) {
        return new EccEncryption(tpm.ecc(), tpm.digests(), tpm.keyDerivation(), tpm.randomGenerator());
    }

    /**
     * The hash algorithm to encrypt with, from the scheme of the key or the one that the caller asks for.
     *
     * @param parameter number of {@code inScheme}
     * @throws TpmException TPM_RC_SCHEME with that number if there is no scheme or the two differ, without location if it is
     *     not KDF2
     */
    static TpmiAlgHash hash(TpmObject key, TpmtKdfScheme inScheme, int parameter) {
        TpmtKdfScheme keyScheme = ((TpmsEccParms) key.publicArea().parameters()).kdf();
        TpmtKdfScheme scheme = inScheme.isNull() ? keyScheme : inScheme;
        if (scheme.isNull() || !keyScheme.isNull() && !keyScheme.equals(scheme)) {
            throw TpmException.parameter(parameter, TpmRc.SCHEME);
        }
        if (scheme.scheme() != TpmAlgId.KDF2) {
            throw TpmException.of(TpmRc.SCHEME);
        }
        return scheme.hashAlg();
    }
}
