package dev.vtpmd.engine.context;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.hierarchy.Tickets;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.context.TpmsContext;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The protection of saved contexts (Part 1, 30.3): encryption, and an HMAC that also covers the counters of starts, with the
 * proof of a hierarchy. So a context ends when its hierarchy's proof changes and with the TPM Reset, one of an stClear object with
 * the TPM Restart too.
 *
 * <p>The blob is {@code TPM2B_DIGEST integrity || encrypted(sequence || content)}.
 */
public final class ContextProtection {
    /** savedHandle of an object without stClear (Part 2, 14.3). */
    public static final int OBJECT = 0x80000000;
    /** savedHandle of a sequence object. */
    public static final int SEQUENCE = 0x80000001;
    /** savedHandle of an object with stClear, its own or an ancestor's. */
    public static final int ST_CLEAR_OBJECT = 0x80000002;

    /** TPM_PT_CONTEXT_SYM: the algorithm of the encryption; its mode is CFB. */
    public static final TpmAlgId CIPHER = TpmAlgId.AES;
    /** TPM_PT_CONTEXT_SYM_SIZE, in bits. */
    public static final int KEY_BITS = 256;

    /** TPM_PT_MAX_OBJECT_CONTEXT: what a TPMS_CONTEXT of the largest object takes at most, in bytes. */
    public static final int LARGEST_OBJECT_CONTEXT = 2560;

    private static final int BLOCK_BITS = 128;

    private final TpmState tpm;

    /** Protection of contexts of {@code tpm}. */
    public ContextProtection(TpmState tpm) {
        this.tpm = tpm;
    }

    /** {@code content}, which is overwritten, as a context with these fields. */
    public TpmsContext protect(long sequence, int savedHandle, int hierarchy, TpmWriter content) {
        TpmWriter plain = new TpmWriter(Long.BYTES + content.position());
        plain.u64(sequence);
        plain.bytes(content.array(), 0, content.position());
        content.wipe();
        byte[] encrypted = plain.toByteArray();
        plain.wipe();
        Key key = key(sequence, savedHandle, hierarchy);
        tpm.symmetricCipher().encryptCfb(CIPHER, key.key, key.iv, encrypted, 0, encrypted.length);
        key.wipe();
        TpmWriter blob = new TpmWriter(2 + Tickets.HASH.digestSize() + encrypted.length);
        blob.sizedBytes(integrity(sequence, savedHandle, hierarchy, encrypted));
        blob.bytes(encrypted);
        return new TpmsContext(sequence, savedHandle, hierarchy, Tpm2b.wrap(blob.toByteArray()));
    }

    /**
     * The content of {@code context}.
     *
     * @throws TpmException TPM_RC_INSUFFICIENT or TPM_RC_SIZE without location if the blob does not begin with a digest;
     *     TPM_RC_SIZE of parameter 1 if that or the rest has not the right size; TPM_RC_INTEGRITY of parameter 1
     */
    public TpmReader unprotect(TpmsContext context) {
        TpmReader blob = new TpmReader(context.contextBlob().bytes(), tpm.profile());
        Tpm2b integrity = Tpm2bType.DIGEST.read(blob);
        if (integrity.size() != Tickets.HASH.digestSize() || blob.remaining() < Long.BYTES) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        byte[] content = blob.bytes(blob.remaining());
        byte[] expected = integrity(context.sequence(), context.savedHandle(), context.hierarchy(), content);
        if (!integrity.equals(Tpm2b.wrap(expected))) {
            throw TpmException.parameter(1, TpmRc.INTEGRITY);
        }
        Key key = key(context.sequence(), context.savedHandle(), context.hierarchy());
        tpm.symmetricCipher().decryptCfb(CIPHER, key.key, key.iv, content, 0, content.length);
        key.wipe();
        TpmReader in = new TpmReader(content, tpm.profile());
        if (in.u64() != context.sequence()) {
            // Part 1, 30.3.2 asks for failure mode: the HMAC was right, so this TPM must have gone wrong.
            throw new IllegalStateException("a saved context has another sequence number inside");
        }
        return in;
    }

    private byte[] integrity(long sequence, int savedHandle, int hierarchy, byte[] encrypted) {
        TpmWriter head = new TpmWriter(32);
        head.u64(tpm.clock().totalResetCount());
        if (savedHandle == ST_CLEAR_OBJECT) {
            head.u32(tpm.clock().clearCount());
        }
        head.u64(sequence);
        head.u32(savedHandle);
        byte[] proof = tpm.hierarchies().proof(hierarchy).bytes();
        return tpm.hmacs().hmac(Tickets.HASH, proof, head.toByteArray(), encrypted);
    }

    private Key key(long sequence, int savedHandle, int hierarchy) {
        byte[] proof = tpm.hierarchies().proof(hierarchy).bytes();
        byte[] sequenceBytes = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
        byte[] handleBytes =
                ByteBuffer.allocate(Integer.BYTES).putInt(savedHandle).array();
        byte[] both = tpm.keyDerivation()
                .kdfa(Tickets.HASH, proof, KdfLabel.CONTEXT, sequenceBytes, handleBytes, KEY_BITS + BLOCK_BITS);
        Key key = new Key(
                Arrays.copyOf(both, KEY_BITS / Byte.SIZE), Arrays.copyOfRange(both, KEY_BITS / Byte.SIZE, both.length));
        Arrays.fill(both, (byte) 0);
        return key;
    }

    /** Key and IV of one context. */
    private static final class Key {
        private final byte[] key;
        private final byte[] iv;

        Key(byte[] key, byte[] iv) {
            this.key = key;
            this.iv = iv;
        }

        void wipe() {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }
}
