package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_PUBLIC: the public area of an object (Part 2, 12.2.4).
 *
 * @param type RSA, ECC, KEYEDHASH or SYMCIPHER
 * @param nameAlg hash algorithm of the Name; NULL for an object without one
 * @param objectAttributes what the object may be used for
 * @param authPolicy policy digest for its use, or empty
 * @param parameters parameters, of the kind of {@code type}
 * @param unique public key or digest, of the kind of {@code type}
 */
public record TpmtPublic(
        TpmAlgId type,
        TpmiAlgHash nameAlg,
        TpmaObject objectAttributes,
        Tpm2b authPolicy,
        TpmuPublicParms parameters,
        TpmuPublicId unique) {
    /**
     * Reads a TPMT_PUBLIC.
     *
     * @throws TpmException TPM_RC_TYPE, TPM_RC_HASH, TPM_RC_RESERVED_BITS, TPM_RC_SIZE, and what the parameters throw
     */
    public static TpmtPublic read(TpmReader in) {
        return read(in, false, false);
    }

    /** Reads a TPMT_PUBLIC+, whose nameAlg may be NULL. */
    public static TpmtPublic readAllowingNullName(TpmReader in) {
        return read(in, true, false);
    }

    /** Reads the template of an object to derive: in place of {@code unique} it has a {@link TpmsDerive}. */
    public static TpmtPublic readDerivationTemplate(TpmReader in) {
        return read(in, false, true);
    }

    private static TpmtPublic read(TpmReader in, boolean nullName, boolean derivation) {
        TpmAlgId type = AlgorithmType.TPMI_ALG_PUBLIC.read(in);
        return new TpmtPublic(
                type,
                nullName ? TpmiAlgHash.readOrNull(in) : TpmiAlgHash.read(in),
                TpmaObject.read(in),
                Tpm2bType.DIGEST.read(in),
                TpmuPublicParms.read(in, type),
                derivation ? new TpmuPublicId.Derive(TpmsDerive.read(in)) : TpmuPublicId.read(in, type));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        type.write(out);
        nameAlg.write(out);
        objectAttributes.write(out);
        authPolicy.write(out);
        parameters.write(out);
        unique.write(out);
    }

    /** This public area with {@code newUnique} as its {@code unique}. */
    public TpmtPublic withUnique(TpmuPublicId newUnique) {
        return new TpmtPublic(type, nameAlg, objectAttributes, authPolicy, parameters, newUnique);
    }

    /** This public area with {@code newParameters} as its {@code parameters}. */
    public TpmtPublic withParameters(TpmuPublicParms newParameters) {
        return new TpmtPublic(type, nameAlg, objectAttributes, authPolicy, newParameters, unique);
    }

    /** This public area with {@code newAttributes} as its {@code objectAttributes}. */
    public TpmtPublic withObjectAttributes(TpmaObject newAttributes) {
        return new TpmtPublic(type, nameAlg, newAttributes, authPolicy, parameters, unique);
    }
}
