package dev.vtpmd.engine.commit;

import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.engine.hierarchy.Tickets;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The ephemeral private keys r of TPM2_Commit and TPM2_EC_Ephemeral (Part 1, C.2.2 and C.2.3). None is kept: r follows from
 * commitNonce, a counter and the Name of the key that it is to be used with. The caller gets the counter's lower 16 bits, and
 * with them has r made again, once, by TPM2_Sign or TPM2_ZGen_2Phase. Only the newest {@link #WINDOW} can be.
 *
 * <p>All of it is state-reset data: it survives TPM Resume and TPM Restart, and begins anew with a TPM Reset.
 */
public final class Commitments {
    /** TPM_PT_SPLIT_MAX: how many ephemeral keys can be outstanding. */
    public static final int WINDOW = 128;

    private static final int COUNTER_MASK = 0xFFFF;
    private static final int NONCE_SIZE = 64;

    private final KeyDerivation keyDerivation;
    private final Ecc ecc;
    private final TpmRandom random;
    private final Orderly orderly;

    /** commitNonce; empty until the first ephemeral key after a TPM Reset. */
    private byte[] nonce = {};

    private long counter;

    /** commitArray: which of the newest, by their number modulo the window, have not been used yet. */
    private BitSet outstanding = new BitSet(WINDOW);

    /** The ephemeral keys of a TPM after a TPM Reset. */
    public Commitments(KeyDerivation keyDerivation, Ecc ecc, TpmRandom random, Orderly orderly) {
        this.keyDerivation = keyDerivation;
        this.ecc = ecc;
        this.random = random;
        this.orderly = orderly;
    }

    /**
     * The ephemeral key that {@link #commit} gives out next.
     *
     * @param name Name of the signing key that it is for; empty for a key exchange
     */
    public EccPrivateKey next(EccCurve curve, Tpm2b name) {
        if (nonce.length == 0) {
            nonce = random.generate(NONCE_SIZE);
        }
        return derive(curve, name, counter);
    }

    /** Gives the next ephemeral key out; the number, 16 bits, by which it is asked for again. */
    public int commit() {
        int count = (int) counter & COUNTER_MASK;
        outstanding.set(index(count));
        counter++;
        orderly.savedStateChanged();
        return count;
    }

    /**
     * An ephemeral key that was given out, as the commands had it that gave it out.
     *
     * @param count its number
     * @return nothing if it was never given out, has been used, or is too old
     */
    public Optional<EccPrivateKey> find(int count, EccCurve curve, Tpm2b name) {
        long newest = counter - 1;
        long number = newest - (newest - count & WINDOW - 1);
        boolean known = outstanding.get(index(count)) && (number & COUNTER_MASK) == count;
        return known ? Optional.of(derive(curve, name, number)) : Optional.empty();
    }

    /** The ephemeral key with number {@code count} has been used, and cannot be a second time. */
    public void end(int count) {
        outstanding.clear(index(count));
        orderly.savedStateChanged();
    }

    /** TPM2_Startup. */
    public void startup(StartupKind kind) {
        if (kind == StartupKind.RESET) {
            wipe();
            counter = 0;
            outstanding.clear();
        }
    }

    /** Stores what survives until a TPM Reset. */
    public void writeVolatile(TpmWriter out) {
        out.sizedBytes(nonce);
        out.u64(counter);
        out.bytes(Arrays.copyOf(outstanding.toByteArray(), WINDOW / Byte.SIZE));
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        nonce = in.sizedBytes(NONCE_SIZE);
        counter = in.u64();
        outstanding = BitSet.valueOf(in.bytes(WINDOW / Byte.SIZE));
    }

    /** Overwrites commitNonce. */
    public void wipe() {
        Arrays.fill(nonce, (byte) 0);
        nonce = new byte[0];
    }

    /** Derives some bits more than the order has instead of trying until r is below it; the TPM alone knows which r it is. */
    private EccPrivateKey derive(EccCurve curve, Tpm2b name, long number) {
        byte[] context = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return ecc.generate(
                curve,
                size -> keyDerivation.kdfa(
                        Tickets.HASH, nonce, KdfLabel.ECDAA_COMMIT, name.bytes(), context, size * Byte.SIZE));
    }

    private static int index(int count) {
        return count & WINDOW - 1;
    }
}
