package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmSamples;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashes;
import static dev.vtpmd.protocol.wire.Samples.hashesOrNull;
import static dev.vtpmd.protocol.wire.Samples.u32;

/** Arbitrary objects. */
public final class ObjectSamples extends DomainContextBase {
    private static final AlgorithmSamples ALGORITHMS = new AlgorithmSamples();

    @Provide
    public Arbitrary<TpmtPublicParms> parameters() {
        return Arbitraries.of(TpmAlgId.RSA, TpmAlgId.ECC, TpmAlgId.KEYEDHASH, TpmAlgId.SYMCIPHER)
                .flatMap(type -> parameters(type).map(parameters -> new TpmtPublicParms(type, parameters)));
    }

    @Provide
    public Arbitrary<TpmtPublic> publicAreas() {
        return parameters().flatMap(parms -> publicAreas(parms, hashesOrNull(), unique(parms.type())));
    }

    /** Templates of objects to derive. */
    public Arbitrary<TpmtPublic> derivationTemplates() {
        Arbitrary<TpmuPublicId> derive = derivations().map(TpmuPublicId.Derive::new);
        return parameters().flatMap(parms -> publicAreas(parms, hashes(), derive));
    }

    @Provide
    public Arbitrary<TpmsDerive> derivations() {
        return Combinators.combine(buffers(Tpm2bType.LABEL), buffers(Tpm2bType.LABEL))
                .as(TpmsDerive::new);
    }

    @Provide
    public Arbitrary<TpmtSensitive> secrets() {
        return Combinators.combine(
                        Arbitraries.of(TpmAlgId.RSA, TpmAlgId.ECC, TpmAlgId.KEYEDHASH, TpmAlgId.SYMCIPHER),
                        buffers(Tpm2bType.AUTH),
                        buffers(Tpm2bType.DIGEST),
                        buffers(Tpm2bType.SYM_KEY))
                .as(TpmtSensitive::new);
    }

    @Provide
    public Arbitrary<TpmsSensitiveCreate> givenSecrets() {
        return Combinators.combine(buffers(Tpm2bType.AUTH), buffers(Tpm2bType.SENSITIVE_DATA))
                .as(TpmsSensitiveCreate::new);
    }

    @Provide
    public Arbitrary<TpmsIdObject> credentials() {
        return Combinators.combine(buffers(Tpm2bType.DIGEST), buffers(Tpm2bType.DIGEST))
                .as(TpmsIdObject::new);
    }

    private static Arbitrary<TpmtPublic> publicAreas(
            TpmtPublicParms parms, Arbitrary<TpmiAlgHash> nameAlg, Arbitrary<? extends TpmuPublicId> unique) {
        Arbitrary<TpmaObject> attributes = Arbitraries.integers().map(bits -> new TpmaObject(bits & 0x000F0FFE));
        return Combinators.combine(nameAlg, attributes, buffers(Tpm2bType.DIGEST), unique)
                .as((hash, bits, policy, id) ->
                        new TpmtPublic(parms.type(), hash, bits, policy, parms.parameters(), id));
    }

    private static Arbitrary<? extends TpmuPublicParms> parameters(TpmAlgId type) {
        return switch (type) {
            case RSA ->
                Combinators.combine(
                                ALGORITHMS.symDefObjects(),
                                ALGORITHMS.schemes(AlgorithmType.TPMI_ALG_RSA_SCHEME),
                                Arbitraries.of(1024, 2048, 3072, 4096),
                                u32())
                        .as(TpmsRsaParms::new);
            case ECC ->
                Combinators.combine(
                                ALGORITHMS.symDefObjects(),
                                ALGORITHMS.schemes(AlgorithmType.TPMI_ALG_ECC_SCHEME),
                                Arbitraries.of(TpmEccCurve.class),
                                ALGORITHMS.kdfSchemes())
                        .as(TpmsEccParms::new);
            case SYMCIPHER ->
                ALGORITHMS.symDefObjects().filter(sym -> !sym.isNull()).map(TpmsSymcipherParms::new);
            default -> ALGORITHMS.keyedhashSchemes().map(TpmsKeyedhashParms::new);
        };
    }

    private static Arbitrary<? extends TpmuPublicId> unique(TpmAlgId type) {
        Arbitrary<Tpm2b> digests = buffers(Tpm2bType.DIGEST);
        return switch (type) {
            case RSA -> buffers(Tpm2bType.PUBLIC_KEY_RSA).map(TpmuPublicId.Rsa::new);
            case ECC -> ALGORITHMS.points().map(TpmuPublicId.Ecc::new);
            case SYMCIPHER -> digests.map(TpmuPublicId.Sym::new);
            default -> digests.map(TpmuPublicId.KeyedHash::new);
        };
    }
}
