package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The algorithms, key sizes and curves that one TPM offers. A TPM has one profile for its whole life; what is not in it
 * cannot be read as part of a structure and is answered as if it did not exist.
 *
 * @param name how an operator calls the profile
 * @param algorithms every algorithm, without TPM_ALG_NULL
 * @param curves elliptic curves
 * @param rsaKeyBits sizes of RSA keys in bits
 * @param aesKeyBits sizes of AES keys in bits
 */
public record AlgorithmProfile(
        String name,
        Set<TpmAlgId> algorithms,
        Set<TpmEccCurve> curves,
        Set<Integer> rsaKeyBits,
        Set<Integer> aesKeyBits) {

    /** What a PC Client TPM of today offers. */
    public static final AlgorithmProfile DEFAULT = new AlgorithmProfile(
            "default",
            EnumSet.of(
                    TpmAlgId.RSA,
                    TpmAlgId.SHA1,
                    TpmAlgId.HMAC,
                    TpmAlgId.AES,
                    TpmAlgId.MGF1,
                    TpmAlgId.KEYEDHASH,
                    TpmAlgId.XOR,
                    TpmAlgId.SHA256,
                    TpmAlgId.SHA384,
                    TpmAlgId.SHA512,
                    TpmAlgId.RSASSA,
                    TpmAlgId.RSAES,
                    TpmAlgId.RSAPSS,
                    TpmAlgId.OAEP,
                    TpmAlgId.ECDSA,
                    TpmAlgId.ECDH,
                    TpmAlgId.KDF1_SP800_56A,
                    TpmAlgId.KDF2,
                    TpmAlgId.KDF1_SP800_108,
                    TpmAlgId.ECC,
                    TpmAlgId.SYMCIPHER,
                    TpmAlgId.CMAC,
                    TpmAlgId.CTR,
                    TpmAlgId.OFB,
                    TpmAlgId.CBC,
                    TpmAlgId.CFB,
                    TpmAlgId.ECB),
            EnumSet.of(TpmEccCurve.NIST_P256, TpmEccCurve.NIST_P384, TpmEccCurve.NIST_P521),
            Set.of(1024, 2048, 3072, 4096),
            Set.of(128, 192, 256));

    /** Copies the sets. */
    public AlgorithmProfile {
        algorithms = Set.copyOf(algorithms);
        curves = Set.copyOf(curves);
        rsaKeyBits = Set.copyOf(rsaKeyBits);
        aesKeyBits = Set.copyOf(aesKeyBits);
    }

    /** Whether {@code algorithm} is offered. */
    public boolean offers(TpmAlgId algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Whether {@code hash} is offered; TPM_ALG_NULL is not. */
    public boolean offers(TpmiAlgHash hash) {
        return algorithms.contains(hash.algorithm());
    }

    /** The hash algorithms offered, by ascending identifier. */
    public List<TpmiAlgHash> hashes() {
        return Stream.of(TpmiAlgHash.values()).filter(this::offers).toList();
    }

    /** Size in bytes of the largest digest. */
    public int largestDigest() {
        return hashes().stream().mapToInt(TpmiAlgHash::digestSize).max().orElseThrow();
    }
}
