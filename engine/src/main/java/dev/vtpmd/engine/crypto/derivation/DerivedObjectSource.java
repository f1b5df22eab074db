package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * The bytes that an object under a derivation parent is made of (Part 1, 28): KDFa of the parent's secret, the label and the
 * context, taken as one stream. Neither the template nor a name goes in. The seedValue is taken after the key.
 */
public final class DerivedObjectSource implements KeyMaterialSource {
    /** How many bits KDFa is told to give in all, whatever is taken of them. */
    private static final int LIMIT_BITS = 8192;

    private static final byte[] NOTHING = {};

    private final KeyDerivation derivation = new KeyDerivation();
    private final TpmiAlgHash hash;
    private final byte[] key;
    private final byte[] label;
    private final byte[] context;
    private final byte[] block;
    private int blocks;
    private int used;

    /**
     * The source for one derived object.
     *
     * @param hash the hash algorithm of the parent's XOR scheme
     * @param key the parent's sensitive.bits
     * @param label the label of the template, or if that is empty of the sensitive data
     * @param context likewise
     */
    public DerivedObjectSource(TpmiAlgHash hash, byte[] key, byte[] label, byte[] context) {
        this.hash = hash;
        this.key = key;
        this.label = label;
        this.context = context;
        this.block = new byte[hash.digestSize()];
        this.used = block.length;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TpmException TPM_RC_NO_RESULT if this and what was taken before is more than 8192 bits
     */
    @Override
    public byte[] generate(int count) {
        if (blocks * block.length + count > LIMIT_BITS / Byte.SIZE) {
            throw TpmException.of(TpmRc.NO_RESULT);
        }
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            if (used == block.length) {
                blocks++;
                derivation.kdfaBlock(hash, key, blocks, label, context, NOTHING, LIMIT_BITS, block);
                used = 0;
            }
            int part = Math.min(block.length - used, count - done);
            System.arraycopy(block, used, bytes, done, part);
            used += part;
            done += part;
        }
        return bytes;
    }
}
