package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Profiles;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import java.util.EnumSet;
import java.util.Set;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashes;
import static dev.vtpmd.protocol.wire.Samples.u16;

/** Arbitrary algorithm structures. */
public final class AlgorithmSamples extends DomainContextBase {
    private static final Set<TpmAlgId> CIPHERS =
            EnumSet.of(TpmAlgId.AES, TpmAlgId.SM4, TpmAlgId.CAMELLIA, TpmAlgId.TDES);

    @Provide
    public Arbitrary<TpmtSymDef> symDefs() {
        Arbitrary<TpmtSymDef> ciphers =
                symDefObjects().map(object -> new TpmtSymDef(object.algorithm(), object.keyBits(), object.mode()));
        return Arbitraries.oneOf(ciphers, hashes().map(TpmtSymDef::xor));
    }

    @Provide
    public Arbitrary<TpmtSymDefObject> symDefObjects() {
        Arbitrary<TpmtSymDefObject> ciphers = Combinators.combine(
                        Arbitraries.of(CIPHERS),
                        Arbitraries.of(128, 192, 256),
                        membersOrNull(AlgorithmType.TPMI_ALG_SYM_MODE))
                .as(TpmtSymDefObject::new)
                .filter(object -> Profiles.EVERYTHING.offersKeyBits(object.algorithm(), object.keyBits()));
        return Arbitraries.oneOf(ciphers, Arbitraries.just(TpmtSymDefObject.NULL));
    }

    @Provide
    public Arbitrary<TpmtAsymScheme> schemes() {
        return schemes(AlgorithmType.TPMI_ALG_ASYM_SCHEME);
    }

    /** Schemes of {@code type}, and NULL. */
    public Arbitrary<TpmtAsymScheme> schemes(AlgorithmType type) {
        return Combinators.combine(membersOrNull(type), hashes(), u16()).as((scheme, hash, count) -> switch (scheme) {
            case NULL -> TpmtAsymScheme.NULL;
            case RSAES -> TpmtAsymScheme.RSAES;
            case ECDAA -> new TpmtAsymScheme(scheme, hash, count);
            default -> new TpmtAsymScheme(scheme, hash);
        });
    }

    @Provide
    public Arbitrary<TpmtKeyedhashScheme> keyedhashSchemes() {
        Arbitrary<TpmtKeyedhashScheme> xor = Combinators.combine(hashes(), membersOrNull(AlgorithmType.TPMI_ALG_KDF))
                .as((hash, kdf) -> new TpmtKeyedhashScheme(TpmAlgId.XOR, hash, kdf));
        return Arbitraries.oneOf(
                xor, hashes().map(TpmtKeyedhashScheme::hmac), Arbitraries.just(TpmtKeyedhashScheme.NULL));
    }

    @Provide
    public Arbitrary<TpmtKdfScheme> kdfSchemes() {
        return Combinators.combine(membersOrNull(AlgorithmType.TPMI_ALG_KDF), hashes())
                .as((scheme, hash) -> scheme == TpmAlgId.NULL ? TpmtKdfScheme.NULL : new TpmtKdfScheme(scheme, hash));
    }

    @Provide
    public Arbitrary<TpmsEccPoint> points() {
        return Combinators.combine(coordinates(), coordinates()).as(TpmsEccPoint::new);
    }

    @Provide
    public Arbitrary<TpmtHa> digests() {
        return hashes().flatMap(hash -> Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(hash.digestSize())
                .map(bytes -> new TpmtHa(hash, Tpm2b.copyOf(bytes))));
    }

    @Provide
    public Arbitrary<TpmtSignature> signatures() {
        Arbitrary<TpmuSignature> rsa =
                Combinators.combine(hashes(), buffers(Tpm2bType.PUBLIC_KEY_RSA)).as(TpmsSignatureRsa::new);
        Arbitrary<TpmuSignature> ecc =
                Combinators.combine(hashes(), coordinates(), coordinates()).as(TpmsSignatureEcc::new);
        return Arbitraries.oneOf(
                signatures(rsa, TpmAlgId.RSASSA, TpmAlgId.RSAPSS),
                signatures(ecc, TpmAlgId.ECDSA, TpmAlgId.ECDAA, TpmAlgId.SM2, TpmAlgId.ECSCHNORR),
                signatures(digests().map(TpmuSignature.Hmac::new), TpmAlgId.HMAC),
                Arbitraries.just(TpmtSignature.NULL));
    }

    @Provide
    public Arbitrary<TpmsAlgorithmDetailEcc> curveDetails() {
        return Combinators.combine(
                        Arbitraries.of(TpmEccCurve.class),
                        u16(),
                        kdfSchemes(),
                        schemes(AlgorithmType.TPMI_ALG_ECC_SCHEME),
                        coordinates().list().ofSize(7))
                .as((curve, size, kdf, sign, numbers) -> new TpmsAlgorithmDetailEcc(
                        curve,
                        size,
                        kdf,
                        sign,
                        numbers.get(0),
                        numbers.get(1),
                        numbers.get(2),
                        numbers.get(3),
                        numbers.get(4),
                        numbers.get(5),
                        numbers.get(6)));
    }

    private static Arbitrary<TpmtSignature> signatures(
            Arbitrary<? extends TpmuSignature> signature, TpmAlgId... schemes) {
        return Combinators.combine(Arbitraries.of(schemes), signature).as(TpmtSignature::new);
    }

    private static Arbitrary<TpmAlgId> membersOrNull(AlgorithmType type) {
        return Arbitraries.of(TpmAlgId.class)
                .filter(alg -> alg == TpmAlgId.NULL || type.accepts(alg, Profiles.EVERYTHING));
    }

    private static Arbitrary<Tpm2b> coordinates() {
        return buffers(Tpm2bType.ECC_PARAMETER);
    }
}
