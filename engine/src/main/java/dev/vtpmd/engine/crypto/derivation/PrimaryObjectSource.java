package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.CtrDrbg;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.KeyMaterialSource;

import java.util.Arrays;

/**
 * The bytes that a primary object is made of: a generator seeded with the hierarchy's primary seed, the template and the data
 * of the caller. Nothing else goes in, so the same template gives the same key for as long as the seed lives.
 *
 * <p>What is asked of it, and in which order, is part of the derivation: first the key; then, in the endorsement hierarchy only,
 * {@link #add} of shProof and of ehProof; then the seedValue, as long as the nameAlg's digest, for objects of every type.
 */
public final class PrimaryObjectSource implements KeyMaterialSource {
    private final CtrDrbg generator;

    /**
     * The source for one primary object.
     *
     * @param seed the hierarchy's primary seed
     * @param templateName nameAlg and digest of the TPMT_PUBLIC exactly as the caller gave it
     * @param sensitiveData the data of the TPMS_SENSITIVE_CREATE, for an object of any type; may be empty
     */
    public PrimaryObjectSource(byte[] seed, byte[] templateName, byte[] sensitiveData) {
        byte[] label = KdfLabel.PRIMARY_OBJECT_CREATION.toByteArray();
        byte[] material = SeedMaterial.derive(seed, label, templateName, sensitiveData);
        this.generator = new CtrDrbg(material);
        Arrays.fill(material, (byte) 0);
    }

    @Override
    public byte[] generate(int count) {
        byte[] bytes = new byte[count];
        generator.generate(bytes, 0, count);
        return bytes;
    }

    /** Makes all further bytes depend on {@code proof} too. */
    public void add(byte[] proof) {
        byte[] material = SeedMaterial.derive(proof);
        generator.update(material);
        Arrays.fill(material, (byte) 0);
    }
}
