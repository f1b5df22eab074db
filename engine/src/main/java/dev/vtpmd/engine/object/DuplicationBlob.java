package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/**
 * The sensitive area of an object on its way to another parent (Part 1, 23.3): in an inner wrapper with a key that the two owners
 * share, in an outer wrapper for the new parent, in both, or in none.
 */
public final class DuplicationBlob {
    private final TpmState tpm;
    private final OuterWrap outerWrap;

    /** Duplication from or to {@code tpm}. */
    public DuplicationBlob(TpmState tpm) {
        this.tpm = tpm;
        this.outerWrap = new OuterWrap(tpm);
    }

    /**
     * The inner wrapper.
     *
     * @param cipher its algorithm; NULL for none
     * @param key its key; empty for none
     */
    public record Inner(TpmtSymDefObject cipher, Tpm2b key) {}

    /**
     * The outer wrapper.
     *
     * @param parent the new parent
     * @param seed the secret that is exchanged with it
     */
    public record Outer(TpmObject parent, Tpm2b seed) {}

    /** The sensitive area of {@code object}, wrapped; {@code outer} is null for no outer wrapper. */
    public Tpm2b wrap(TpmObject object, Inner inner, Outer outer) {
        byte[] data = PrivateBlob.sized(object.nameAlg(), object.sensitive());
        if (!inner.cipher().isNull()) {
            data = wrapInner(object.name(), object.nameAlg(), inner, data);
        }
        return outer == null ? Tpm2b.wrap(data) : rewrap(object.name(), outer, data);
    }

    /** The content of an outer wrapper, {@code data}, which is overwritten, in a new one. */
    public Tpm2b rewrap(Tpm2b name, Outer outer, byte[] data) {
        return outerWrap.protect(outer.parent(), outer.seed(), name, false, data);
    }

    /**
     * The content of an outer wrapper.
     *
     * @throws TpmException TPM_RC_INSUFFICIENT, TPM_RC_SIZE, TPM_RC_INTEGRITY without location
     */
    public byte[] unwrapOuter(Tpm2b name, Outer outer, Tpm2b blob) {
        return outerWrap.unprotect(outer.parent(), outer.seed(), name, false, blob);
    }

    /**
     * The sensitive area in {@code blob} of the object with {@code name}.
     *
     * @param nameAlg the object's
     * @param outer null for no outer wrapper
     * @throws TpmException TPM_RC_INTEGRITY; TPM_RC_INSUFFICIENT, TPM_RC_SIZE, TPM_RC_TYPE if what comes out is malformed; without
     *     location
     */
    public TpmtSensitive unwrap(Tpm2b name, TpmiAlgHash nameAlg, Inner inner, Outer outer, Tpm2b blob) {
        byte[] data = outer == null ? blob.toByteArray() : unwrapOuter(name, outer, blob);
        if (!inner.cipher().isNull()) {
            data = unwrapInner(name, nameAlg, inner, data);
        }
        TpmReader in = new TpmReader(data, tpm.profile());
        if (in.u16() != in.remaining()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        TpmtSensitive sensitive = TpmtSensitive.read(in);
        if (in.remaining() != 0) {
            throw TpmException.of(TpmRc.SIZE);
        }
        Arrays.fill(data, (byte) 0);
        return sensitive;
    }

    private byte[] wrapInner(Tpm2b name, TpmiAlgHash nameAlg, Inner inner, byte[] sensitive) {
        TpmWriter out = new TpmWriter(2 + nameAlg.digestSize() + sensitive.length);
        out.sizedBytes(tpm.digests().digest(nameAlg, sensitive, name.bytes()));
        out.bytes(sensitive);
        Arrays.fill(sensitive, (byte) 0);
        byte[] data = out.toByteArray();
        out.wipe();
        tpm.symmetricCipher()
                .encryptCfb(inner.cipher().algorithm(), inner.key().bytes(), zeroIv(inner), data, 0, data.length);
        return data;
    }

    private byte[] unwrapInner(Tpm2b name, TpmiAlgHash nameAlg, Inner inner, byte[] data) {
        tpm.symmetricCipher()
                .decryptCfb(inner.cipher().algorithm(), inner.key().bytes(), zeroIv(inner), data, 0, data.length);
        TpmReader in = new TpmReader(data, tpm.profile());
        Tpm2b integrity = Tpm2bType.DIGEST.read(in);
        byte[] sensitive = in.bytes(in.remaining());
        Arrays.fill(data, (byte) 0);
        if (!integrity.equals(Tpm2b.wrap(tpm.digests().digest(nameAlg, sensitive, name.bytes())))) {
            throw TpmException.of(TpmRc.INTEGRITY);
        }
        return sensitive;
    }

    private static byte[] zeroIv(Inner inner) {
        return new byte[SymmetricCipher.blockSize(inner.cipher().algorithm())];
    }
}
