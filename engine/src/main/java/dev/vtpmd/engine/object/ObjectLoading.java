package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/** The making of loaded objects: what they get from their parent or hierarchy, and the checks of what comes from outside. */
public final class ObjectLoading {
    private final TpmState tpm;

    /** Loading of objects into {@code tpm}. */
    public ObjectLoading(TpmState tpm) {
        this.tpm = tpm;
    }

    /** The primary object of {@code hierarchy} with these areas. */
    public TpmObject primary(int hierarchy, TpmtPublic area, TpmtSensitive sensitive) {
        Tpm2b name = tpm.names().of(area);
        Tpm2b qualifiedName = tpm.names().qualified(area.nameAlg(), Names.ofHandle(hierarchy), name);
        boolean stClear = area.objectAttributes().stClear();
        return new TpmObject(area, sensitive, name, qualifiedName, hierarchy, false, true, stClear, 0);
    }

    /** The object with these areas under {@code parent}, whose hierarchy and stClear it shares. */
    public TpmObject child(TpmObject parent, TpmtPublic area, TpmtSensitive sensitive) {
        Tpm2b name = tpm.names().of(area);
        Tpm2b qualifiedName = tpm.names().qualified(area.nameAlg(), parent.qualifiedName(), name);
        boolean stClear = parent.stClear() || area.objectAttributes().stClear();
        return new TpmObject(area, sensitive, name, qualifiedName, parent.hierarchy(), false, false, stClear, 0);
    }

    /** The external object with these areas; {@code sensitive} may be null. Its qualified name is its Name. */
    public TpmObject external(int hierarchy, TpmtPublic area, TpmtSensitive sensitive) {
        Tpm2b name = tpm.names().of(area);
        boolean stClear = area.objectAttributes().stClear();
        return new TpmObject(area, sensitive, name, name, hierarchy, true, false, stClear, 0);
    }

    /**
     * Checks an object that is to be loaded.
     *
     * @param parent the parent; null for an external object, which is then checked in full
     * @param publicParameter number of the parameter that has the public area
     * @param sensitiveParameter number of the parameter that has the sensitive area
     * @throws TpmException what {@link #checkImported} throws; TPM_RC_BINDING if the prime of an RSA key does not divide its
     *     modulus
     */
    public void check(TpmObject parent, TpmObject object, int publicParameter, int sensitiveParameter) {
        checkAreas(parent, object, publicParameter, sensitiveParameter);
        if (object.type() == TpmAlgId.RSA && !object.publicOnly()) {
            requireFactor(object);
        }
    }

    /**
     * Checks an object that is to be imported, in full but for the factors of an RSA key, which TPM2_Load checks.
     *
     * @throws TpmException TPM_RC_KEY_SIZE; what {@link PublicAreaChecks#attributes} throws; what {@link KeyChecks#check} throws
     */
    public void checkImported(TpmObject object, int publicParameter, int sensitiveParameter) {
        checkAreas(null, object, publicParameter, sensitiveParameter);
    }

    private void checkAreas(TpmObject parent, TpmObject object, int publicParameter, int sensitiveParameter) {
        TpmtPublic area = object.publicArea();
        TpmiAlgHash nameAlg = area.nameAlg();
        boolean complete = !object.publicOnly() && nameAlg != TpmiAlgHash.NULL;
        if (complete && object.sensitive().seedValue().size() > nameAlg.digestSize()) {
            throw TpmException.parameter(sensitiveParameter, TpmRc.KEY_SIZE);
        }
        try {
            if (complete) {
                PublicAreaChecks.attributes(parent, area);
            } else {
                SchemeChecks.check(null, area);
            }
        } catch (TpmException e) {
            throw e.atParameter(publicParameter);
        }
        // Under a parent that never left a TPM, the object was checked before it was wrapped.
        if (parent == null || !parent.attributes().fixedTpm()) {
            new KeyChecks(tpm, publicParameter, sensitiveParameter).check(area, object.sensitive());
        }
    }

    private static void requireFactor(TpmObject object) {
        try {
            object.key().rsaPrivateKey();
        } catch (IllegalArgumentException e) {
            throw TpmException.of(TpmRc.BINDING);
        }
    }
}
