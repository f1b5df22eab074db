package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.EnumSet;

/**
 * The interface types over algorithms, TPMI_ALG_* (Part 2, clauses 9 and 11): which algorithms may stand in a place. An
 * algorithm that the TPM does not offer is refused as one that is not in the type.
 *
 * <p>TPMI_ALG_HASH is {@link TpmiAlgHash}.
 */
public enum AlgorithmType {
    TPMI_ALG_ASYM(TpmRc.ASYMMETRIC, TpmAlgId.RSA, TpmAlgId.ECC),
    TPMI_ALG_SYM(TpmRc.SYMMETRIC, TpmAlgId.TDES, TpmAlgId.AES, TpmAlgId.SM4, TpmAlgId.CAMELLIA, TpmAlgId.XOR),
    TPMI_ALG_SYM_OBJECT(TpmRc.SYMMETRIC, TpmAlgId.TDES, TpmAlgId.AES, TpmAlgId.SM4, TpmAlgId.CAMELLIA),
    TPMI_ALG_SYM_MODE(TpmRc.MODE, TpmAlgId.CMAC, TpmAlgId.CTR, TpmAlgId.OFB, TpmAlgId.CBC, TpmAlgId.CFB, TpmAlgId.ECB),
    TPMI_ALG_CIPHER_MODE(TpmRc.MODE, TpmAlgId.CTR, TpmAlgId.OFB, TpmAlgId.CBC, TpmAlgId.CFB, TpmAlgId.ECB),
    TPMI_ALG_KDF(TpmRc.KDF, TpmAlgId.MGF1, TpmAlgId.KDF1_SP800_56A, TpmAlgId.KDF2, TpmAlgId.KDF1_SP800_108),
    TPMI_ALG_SIG_SCHEME(
            TpmRc.SCHEME,
            TpmAlgId.HMAC,
            TpmAlgId.RSASSA,
            TpmAlgId.RSAPSS,
            TpmAlgId.ECDSA,
            TpmAlgId.ECDAA,
            TpmAlgId.SM2,
            TpmAlgId.ECSCHNORR),
    TPMI_ECC_KEY_EXCHANGE(TpmRc.SCHEME, TpmAlgId.ECDH, TpmAlgId.SM2, TpmAlgId.ECMQV),
    TPMI_ALG_MAC_SCHEME(
            TpmRc.SYMMETRIC,
            TpmAlgId.SHA1,
            TpmAlgId.SHA256,
            TpmAlgId.SHA384,
            TpmAlgId.SHA512,
            TpmAlgId.SM3_256,
            TpmAlgId.SHA3_256,
            TpmAlgId.SHA3_384,
            TpmAlgId.SHA3_512,
            TpmAlgId.CMAC),
    TPMI_ALG_KEYEDHASH_SCHEME(TpmRc.VALUE, TpmAlgId.HMAC, TpmAlgId.XOR),
    TPMI_ALG_ASYM_SCHEME(
            TpmRc.VALUE,
            TpmAlgId.HMAC,
            TpmAlgId.RSASSA,
            TpmAlgId.RSAES,
            TpmAlgId.RSAPSS,
            TpmAlgId.OAEP,
            TpmAlgId.ECDSA,
            TpmAlgId.ECDH,
            TpmAlgId.ECDAA,
            TpmAlgId.SM2,
            TpmAlgId.ECSCHNORR,
            TpmAlgId.ECMQV),
    TPMI_ALG_RSA_SCHEME(TpmRc.VALUE, TpmAlgId.RSASSA, TpmAlgId.RSAES, TpmAlgId.RSAPSS, TpmAlgId.OAEP),
    TPMI_ALG_RSA_DECRYPT(TpmRc.VALUE, TpmAlgId.RSAES, TpmAlgId.OAEP),
    TPMI_ALG_ECC_SCHEME(
            TpmRc.SCHEME,
            TpmAlgId.ECDSA,
            TpmAlgId.ECDH,
            TpmAlgId.ECDAA,
            TpmAlgId.SM2,
            TpmAlgId.ECSCHNORR,
            TpmAlgId.ECMQV),
    TPMI_ALG_PUBLIC(TpmRc.TYPE, TpmAlgId.RSA, TpmAlgId.KEYEDHASH, TpmAlgId.ECC, TpmAlgId.SYMCIPHER);

    private final TpmRc error;
    private final EnumSet<TpmAlgId> members;

    AlgorithmType(TpmRc error, TpmAlgId first, TpmAlgId... others) {
        this.error = error;
        this.members = EnumSet.of(first, others);
    }

    /** Whether {@code algorithm}, which may be null, is in this type and {@code profile} offers it. */
    public boolean accepts(TpmAlgId algorithm, AlgorithmProfile profile) {
        return algorithm != null && members.contains(algorithm) && profile.offers(algorithm);
    }

    /** Reads an algorithm of this type, else throws the response code of the type. */
    public TpmAlgId read(TpmReader in) {
        TpmAlgId algorithm = TpmAlgId.of(in.u16());
        if (!accepts(algorithm, in.profile())) {
            throw TpmException.of(error);
        }
        return algorithm;
    }

    /** Reads an algorithm of this type or TPM_ALG_NULL, else throws the response code of the type. */
    public TpmAlgId readOrNull(TpmReader in) {
        TpmAlgId algorithm = TpmAlgId.of(in.u16());
        if (algorithm != TpmAlgId.NULL && !accepts(algorithm, in.profile())) {
            throw TpmException.of(error);
        }
        return algorithm;
    }
}
