package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Names of entities (Part 1, 16). */
public final class Names {
    private final Digests digests;

    /** Names computed with {@code digests}. */
    public Names(Digests digests) {
        this.digests = digests;
    }

    /** The Name of an object: nameAlg and digest of its public area; empty if nameAlg is TPM_ALG_NULL. */
    public Tpm2b of(TpmtPublic publicArea) {
        return of(publicArea.nameAlg(), publicArea::write);
    }

    /** {@code nameAlg} and the digest of what {@code content} writes; empty if it is TPM_ALG_NULL. */
    public Tpm2b of(TpmiAlgHash nameAlg, Consumer<TpmWriter> content) {
        if (nameAlg == TpmiAlgHash.NULL) {
            return Tpm2b.EMPTY;
        }
        TpmWriter out = new TpmWriter(512);
        content.accept(out);
        return name(nameAlg, digests.digest(nameAlg, out.array(), 0, out.position()));
    }

    /**
     * The qualified name of an object: nameAlg and the digest of its parent's qualified name and its own Name (Part 1, 26.5).
     *
     * @param parent the parent's qualified name; for a primary object the handle of the hierarchy
     */
    public Tpm2b qualified(TpmiAlgHash nameAlg, Tpm2b parent, Tpm2b name) {
        if (nameAlg == TpmiAlgHash.NULL) {
            return Tpm2b.EMPTY;
        }
        return name(nameAlg, digests.digest(nameAlg, parent.bytes(), name.bytes()));
    }

    /** The Name of an entity that has only its handle: 4 bytes. */
    public static Tpm2b ofHandle(int handle) {
        return Tpm2b.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(handle).array());
    }

    private static Tpm2b name(TpmiAlgHash nameAlg, byte[] digest) {
        byte[] name = new byte[2 + digest.length];
        name[0] = (byte) (nameAlg.value() >> 8);
        name[1] = (byte) nameAlg.value();
        System.arraycopy(digest, 0, name, 2, digest.length);
        return Tpm2b.wrap(name);
    }
}
