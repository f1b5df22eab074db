package dev.vtpmd.engine.object;

import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * A loaded object: public area, and where it was loaded with it, sensitive area (Part 1, 27).
 *
 * @param publicArea the public area
 * @param sensitive the sensitive area, or null if only the public part is loaded
 * @param key the key of an RSA or ECC object
 * @param name nameAlg and digest of the public area; empty if nameAlg is TPM_ALG_NULL
 * @param qualifiedName nameAlg and digest over the parent's qualified name and the Name
 * @param hierarchy the hierarchy handle it belongs to
 * @param external whether TPM2_LoadExternal made it
 * @param primary whether it is a primary object
 * @param stClear whether its saved context ends with a TPM Restart: its own stClear, or an ancestor's
 * @param persistentHandle where it is stored for good, 0 for a transient object
 */
public record TpmObject(
        TpmtPublic publicArea,
        TpmtSensitive sensitive,
        AsymmetricKey key,
        Tpm2b name,
        Tpm2b qualifiedName,
        int hierarchy,
        boolean external,
        boolean primary,
        boolean stClear,
        int persistentHandle)
        implements LoadedObject {

    private static final int LARGEST_NAME = 2 + 64;

    /** An object; its key is made from the two areas. */
    public TpmObject(
            TpmtPublic publicArea,
            TpmtSensitive sensitive,
            Tpm2b name,
            Tpm2b qualifiedName,
            int hierarchy,
            boolean external,
            boolean primary,
            boolean stClear,
            int persistentHandle) {
        this(
                publicArea,
                sensitive,
                new AsymmetricKey(publicArea, sensitive),
                name,
                qualifiedName,
                hierarchy,
                external,
                primary,
                stClear,
                persistentHandle);
    }

    /** Reads a stored object. */
    public static TpmObject read(TpmReader in) {
        TpmtPublic publicArea = TpmtPublic.readAllowingNullName(in);
        TpmtSensitive sensitive = in.u8() == 0 ? null : TpmtSensitive.read(in);
        Tpm2b name = Tpm2b.read(in, LARGEST_NAME);
        Tpm2b qualifiedName = Tpm2b.read(in, LARGEST_NAME);
        int hierarchy = in.u32();
        int flags = in.u8();
        return new TpmObject(
                publicArea,
                sensitive,
                name,
                qualifiedName,
                hierarchy,
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                in.u32());
    }

    /** Stores the object. */
    public void write(TpmWriter out) {
        publicArea.write(out);
        out.u8(sensitive == null ? 0 : 1);
        if (sensitive != null) {
            sensitive.write(out);
        }
        name.write(out);
        qualifiedName.write(out);
        out.u32(hierarchy);
        out.u8((external ? 1 : 0) | (primary ? 2 : 0) | (stClear ? 4 : 0));
        out.u32(persistentHandle);
    }

    @Override
    public Tpm2b authValue() {
        return sensitive == null ? Tpm2b.EMPTY : sensitive.authValue().withoutTrailingZeros();
    }

    /** The attributes of the public area. */
    public TpmaObject attributes() {
        return publicArea.objectAttributes();
    }

    /** The algorithm of the object: RSA, ECC, KEYEDHASH or SYMCIPHER. */
    public TpmAlgId type() {
        return publicArea.type();
    }

    /** The hash algorithm of the Name. */
    public TpmiAlgHash nameAlg() {
        return publicArea.nameAlg();
    }

    /** Whether the sensitive area is missing. */
    public boolean publicOnly() {
        return sensitive == null;
    }

    /** Whether the object ends with the TPM's power: it is external, or belongs to the NULL hierarchy. */
    public boolean temporary() {
        return external || hierarchy == TpmRh.NULL;
    }

    /** Whether the object is persistent. */
    public boolean persistent() {
        return persistentHandle != 0;
    }

    /**
     * Whether objects can be created, loaded or imported under this one: a restricted decryption key with its sensitive area
     * that is neither external nor a derivation parent (Part 1, 27.5.2).
     */
    public boolean storageParent() {
        return parent() && type() != TpmAlgId.KEYEDHASH;
    }

    /** Whether objects can be derived under this one (Part 1, 28.3). */
    public boolean derivationParent() {
        return parent() && type() == TpmAlgId.KEYEDHASH;
    }

    /** A copy of this object, secrets included, made persistent at {@code handle}, or transient with 0. */
    public TpmObject withPersistentHandle(int handle) {
        return new TpmObject(
                publicArea, copyOf(sensitive), name, qualifiedName, hierarchy, external, primary, stClear, handle);
    }

    @Override
    public void wipe() {
        if (sensitive != null) {
            sensitive.wipe();
        }
    }

    @Override
    public String toString() {
        return "TpmObject[" + type() + ", name " + name + "]";
    }

    private static TpmtSensitive copyOf(TpmtSensitive original) {
        return original == null
                ? null
                : new TpmtSensitive(
                        original.sensitiveType(),
                        Tpm2b.copyOf(original.authValue().bytes()),
                        Tpm2b.copyOf(original.seedValue().bytes()),
                        Tpm2b.copyOf(original.sensitive().bytes()));
    }

    private boolean parent() {
        return !publicOnly()
                && !external
                && attributes().restricted()
                && attributes().decrypt();
    }
}
