package dev.vtpmd.engine.signature;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmuPublicParms;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Optional;

/**
 * Who signs, and how: a signing key and the scheme that TPM2_Sign and the attestation commands use it with (Part 3, 18.1 and
 * 20.2).
 *
 * @param key the key, or nothing where TPM_RH_NULL stands in its place
 * @param scheme the scheme; NULL if there is no key
 */
public record Signer(Optional<TpmObject> key, TpmtAsymScheme scheme) {
    private static final Signer NONE = new Signer(Optional.empty(), TpmtAsymScheme.NULL);

    /**
     * The signer that a command names.
     *
     * @param handle number of the key's handle, which may be TPM_RH_NULL
     * @param inScheme the scheme that the caller asks for, or NULL
     * @param parameter number of that parameter
     * @throws TpmException TPM_RC_KEY with the number of the handle if it is not of a signing key, TPM_RC_SCHEME with the
     *     number of the parameter if there is no scheme, or not one that suits the key
     */
    public static Signer of(CommandContext command, int handle, TpmtAsymScheme inScheme, int parameter) {
        if (command.handle(handle) == TpmRh.NULL) {
            return NONE;
        }
        TpmObject key = signingKey(command, handle);
        TpmtAsymScheme scheme =
                select(key, inScheme).orElseThrow(() -> TpmException.parameter(parameter, TpmRc.SCHEME));
        return new Signer(Optional.of(key), scheme);
    }

    /**
     * The key that handle {@code number} of a command refers to.
     *
     * @throws TpmException TPM_RC_KEY with the number of the handle if it is not a signing key
     */
    public static TpmObject signingKey(CommandContext command, int number) {
        TpmObject key = command.object(number, TpmRc.KEY);
        if (!key.attributes().sign() || key.type() == TpmAlgId.SYMCIPHER) {
            throw TpmException.handle(number, TpmRc.KEY);
        }
        return key;
    }

    /** Whether signatures must not show whose they are (Part 1, C.4.3). */
    public boolean anonymous() {
        return scheme.scheme() == TpmAlgId.ECDAA;
    }

    /**
     * The scheme of the key, or the one that the caller asks for: if both are given they must be the same, but for the count,
     * which only the caller can know.
     */
    private static Optional<TpmtAsymScheme> select(TpmObject key, TpmtAsymScheme inScheme) {
        TpmtAsymScheme keyScheme = schemeOf(key.publicArea().parameters());
        TpmtAsymScheme selected = inScheme;
        boolean agreed = keyScheme.isNull()
                || keyScheme.scheme() == inScheme.scheme() && keyScheme.hashAlg() == inScheme.hashAlg();
        if (inScheme.isNull()) {
            selected = keyScheme;
            agreed = keyScheme.scheme() != TpmAlgId.ECDAA;
        }
        return agreed && suits(key.type(), selected.scheme()) ? Optional.of(selected) : Optional.empty();
    }

    private static TpmtAsymScheme schemeOf(TpmuPublicParms parameters) {
        return switch (parameters) {
            case TpmsRsaParms rsa -> rsa.scheme();
            case TpmsEccParms ecc -> ecc.scheme();
            case TpmsKeyedhashParms keyedHash ->
                new TpmtAsymScheme(
                        keyedHash.scheme().scheme(), keyedHash.scheme().hashAlg());
            default -> TpmtAsymScheme.NULL;
        };
    }

    private static boolean suits(TpmAlgId type, TpmAlgId scheme) {
        return switch (type) {
            case RSA -> scheme == TpmAlgId.RSASSA || scheme == TpmAlgId.RSAPSS;
            case ECC ->
                scheme == TpmAlgId.ECDSA
                        || scheme == TpmAlgId.ECDAA
                        || scheme == TpmAlgId.SM2
                        || scheme == TpmAlgId.ECSCHNORR;
            case KEYEDHASH -> scheme == TpmAlgId.HMAC;
            default -> false;
        };
    }
}
