package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.engine.crypto.derivation.DerivedObjectSource;
import dev.vtpmd.engine.crypto.derivation.PrimaryObjectSource;
import dev.vtpmd.engine.crypto.derivation.RsaKeySearch;
import dev.vtpmd.engine.crypto.derivation.SeedCompatLevel;
import dev.vtpmd.engine.hierarchy.Seed;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmsDerive;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.math.BigInteger;
import java.util.List;

/** What the key of a new object is made of: randomness, the seed of a hierarchy, or the secret of a derivation parent. */
public sealed interface KeyOrigin {
    /** The bytes of the key, and after {@link #keyMade} of the seedValue. */
    KeyMaterialSource source();

    /** An RSA key of {@code bits} bits. */
    RsaPrivateKey rsaKey(int bits, BigInteger exponent);

    /** The key is made; the seedValue comes next. */
    default void keyMade() {}

    /** The origin of an ordinary object: randomness. */
    static KeyOrigin random(TpmState tpm) {
        return new Random(tpm.randomGenerator(), rsaKeySearch(tpm));
    }

    /**
     * The origin of a primary object (Part 1, 14.3).
     *
     * @param data the sensitive data that the caller gave, for an object of any type
     */
    static KeyOrigin primary(TpmState tpm, int hierarchy, TpmtPublic template, Tpm2b data) {
        Seed seed = tpm.hierarchies().seed(hierarchy);
        Tpm2b name = tpm.names().of(template);
        PrimaryObjectSource source = new PrimaryObjectSource(seed.value().bytes(), name.bytes(), data.bytes());
        List<Tpm2b> proofs = hierarchy == TpmRh.ENDORSEMENT
                ? List.of(
                        tpm.hierarchies().proof(TpmRh.OWNER), tpm.hierarchies().proof(TpmRh.ENDORSEMENT))
                : List.of();
        return new Primary(source, proofs, SeedCompatLevel.of(seed.level()), rsaKeySearch(tpm));
    }

    /** The origin of an object under a derivation parent (Part 1, 28). */
    static KeyOrigin derived(TpmObject parent, TpmsDerive labels) {
        TpmtKeyedhashScheme scheme = ((TpmsKeyedhashParms) parent.publicArea().parameters()).scheme();
        return new Derived(new DerivedObjectSource(
                scheme.hashAlg(),
                parent.sensitive().sensitive().bytes(),
                labels.label().bytes(),
                labels.context().bytes()));
    }

    private static RsaKeySearch rsaKeySearch(TpmState tpm) {
        return new RsaKeySearch(tpm.asymmetric(), tpm.platform()::cancelled);
    }

    /** Randomness. */
    record Random(TpmRandom source, RsaKeySearch search) implements KeyOrigin {
        @Override
        public RsaPrivateKey rsaKey(int bits, BigInteger exponent) {
            return search.generate(bits, exponent, source, SeedCompatLevel.NEWEST);
        }
    }

    /**
     * The seed of a hierarchy. In the endorsement hierarchy shProof and ehProof go into the seedValue, so that after TPM2_Clear
     * the key is still the same but no child of it can be loaded.
     */
    record Primary(PrimaryObjectSource source, List<Tpm2b> proofs, SeedCompatLevel level, RsaKeySearch search)
            implements KeyOrigin {
        @Override
        public RsaPrivateKey rsaKey(int bits, BigInteger exponent) {
            return search.generate(bits, exponent, source, level);
        }

        @Override
        public void keyMade() {
            proofs.forEach(proof -> source.add(proof.bytes()));
        }
    }

    /** The secret of a derivation parent. */
    record Derived(DerivedObjectSource source) implements KeyOrigin {
        @Override
        public RsaPrivateKey rsaKey(int bits, BigInteger exponent) {
            throw new IllegalArgumentException("RSA keys are not derived");
        }
    }
}
