package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The known-answer test of each algorithm. An algorithm that throws does not work either. */
final class KnownAnswers {
    /** Algorithms with a test. Types of objects have none of their own: they are tested with the schemes of their keys. */
    static final Set<TpmAlgId> TESTABLE = Collections.unmodifiableSet(EnumSet.of(
            TpmAlgId.SHA1,
            TpmAlgId.SHA256,
            TpmAlgId.SHA384,
            TpmAlgId.SHA512,
            TpmAlgId.SM3_256,
            TpmAlgId.SHA3_256,
            TpmAlgId.SHA3_384,
            TpmAlgId.SHA3_512,
            TpmAlgId.HMAC,
            TpmAlgId.XOR,
            TpmAlgId.MGF1,
            TpmAlgId.KDF1_SP800_56A,
            TpmAlgId.KDF2,
            TpmAlgId.KDF1_SP800_108,
            TpmAlgId.TDES,
            TpmAlgId.AES,
            TpmAlgId.SM4,
            TpmAlgId.CAMELLIA,
            TpmAlgId.CMAC,
            TpmAlgId.CTR,
            TpmAlgId.OFB,
            TpmAlgId.CBC,
            TpmAlgId.CFB,
            TpmAlgId.ECB,
            TpmAlgId.RSASSA,
            TpmAlgId.RSAPSS,
            TpmAlgId.RSAES,
            TpmAlgId.OAEP,
            TpmAlgId.ECDSA,
            TpmAlgId.SM2,
            TpmAlgId.ECSCHNORR,
            TpmAlgId.ECDH));

    private final HashAnswers hashes = new HashAnswers();
    private final DerivationAnswers derivations = new DerivationAnswers();
    private final CipherAnswers ciphers = new CipherAnswers();
    private final RsaAnswers rsa;
    private final EccAnswers ecc;

    KnownAnswers(AlgorithmProfile profile, AsymmetricProvider asymmetric, KeyMaterialSource random) {
        this.rsa = new RsaAnswers(asymmetric, random);
        this.ecc = new EccAnswers(profile, asymmetric, random);
    }

    /** Whether {@code algorithm}, which is testable, gives the answer that is known. */
    boolean test(TpmAlgId algorithm) {
        try {
            TpmiAlgHash hash = TpmiAlgHash.of(algorithm);
            return hash != null ? hashes.digest(hash) : testOther(algorithm);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean testOther(TpmAlgId algorithm) {
        return switch (algorithm) {
            case HMAC -> hashes.hmac();
            case XOR -> derivations.xor();
            case MGF1 -> derivations.mgf1();
            case KDF1_SP800_56A -> derivations.kdfe();
            case KDF2 -> derivations.kdf2();
            case KDF1_SP800_108 -> derivations.kdfa();
            case AES, TDES, SM4, CAMELLIA -> ciphers.cipher(algorithm);
            case CTR, OFB, CBC, CFB, ECB -> ciphers.mode(algorithm);
            case CMAC -> ciphers.cmac();
            case RSASSA -> rsa.rsassa();
            case RSAPSS -> rsa.rsapss();
            case RSAES -> rsa.rsaes();
            case OAEP -> rsa.oaep();
            case ECDSA -> ecc.ecdsa();
            case SM2 -> ecc.sm2();
            case ECSCHNORR -> ecc.ecschnorr();
            case ECDH -> ecc.ecdh();
            default -> throw new IllegalArgumentException("no test for " + algorithm);
        };
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
