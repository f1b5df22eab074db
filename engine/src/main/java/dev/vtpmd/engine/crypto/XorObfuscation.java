package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

/**
 * The obfuscation of parameters by a session whose symmetric algorithm is XOR (Part 1, 11.4.8 and 21.2).
 *
 * <p>Not safe for use by several threads.
 */
public final class XorObfuscation {
    private static final byte[] LABEL = KdfLabel.XOR.terminated();

    private final KeyDerivation derivation;

    /** Obfuscation with masks from {@code derivation}. */
    public XorObfuscation(KeyDerivation derivation) {
        this.derivation = derivation;
    }

    /**
     * Obfuscates {@code length} bytes of {@code data} from {@code offset} on in place, or reveals them again.
     *
     * @param hash the session's hash algorithm
     * @param key the session key, followed by the authValue of the object if the session is its authorization
     */
    public void apply(
            TpmiAlgHash hash, byte[] key, byte[] nonceNewer, byte[] nonceOlder, byte[] data, int offset, int length) {
        byte[] mask = derivation.kdfa(hash, key, LABEL, nonceNewer, nonceOlder, length * Byte.SIZE);
        for (int i = 0; i < length; i++) {
            data[offset + i] ^= mask[i];
        }
    }
}
