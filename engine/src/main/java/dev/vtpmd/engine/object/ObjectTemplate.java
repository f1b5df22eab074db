package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsDerive;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * What a caller gives for an object that the TPM is to create: parameter 1, inSensitive, and parameter 2, inPublic, of
 * TPM2_Create, TPM2_CreatePrimary and TPM2_CreateLoaded.
 */
public final class ObjectTemplate {
    private static final int IN_SENSITIVE = 1;
    private static final int IN_PUBLIC = 2;

    private final TpmtPublic publicArea;
    private final TpmsSensitiveCreate sensitive;

    /** A template from the two parameters. */
    public ObjectTemplate(TpmtPublic publicArea, TpmsSensitiveCreate sensitive) {
        this.publicArea = publicArea;
        this.sensitive = sensitive;
    }

    /**
     * Checks inPublic.
     *
     * @param parent the parent, or null for a primary object
     * @throws TpmException what {@link PublicAreaChecks#creation} throws, of parameter 2
     */
    public void checkPublic(TpmObject parent) {
        try {
            PublicAreaChecks.creation(parent, publicArea, !sensitive.data().isEmpty());
        } catch (TpmException e) {
            throw e.atParameter(IN_PUBLIC);
        }
    }

    /** Throws TPM_RC_SIZE of parameter 1 if the authValue is longer than a digest of nameAlg. */
    public void checkAuth() {
        authValue();
    }

    /** Makes an ordinary object. Errors as {@link ObjectCreation#create}. */
    public ObjectCreation.Created createOrdinary(TpmState tpm) {
        return create(tpm, KeyOrigin.random(tpm), secret());
    }

    /** Makes a primary object. The TPM's own key is derived from the data, too. Errors as {@link ObjectCreation#create}. */
    public ObjectCreation.Created createPrimary(TpmState tpm, int hierarchy) {
        KeyOrigin origin = KeyOrigin.primary(tpm, hierarchy, publicArea, sensitive.data());
        return create(tpm, origin, secret());
    }

    /**
     * Makes an object under a derivation parent, whose template has a label and a context in place of {@code unique}. Those that
     * are empty there are taken from the sensitive data.
     *
     * @throws TpmException TPM_RC_TYPE of parameter 2 for an RSA key; TPM_RC_ATTRIBUTES without location if sensitiveDataOrigin is
     *     SET; what {@link PublicAreaChecks#attributes} throws, of parameter 2; TPM_RC_INSUFFICIENT or TPM_RC_SIZE without location
     *     if the sensitive data is no TPMS_DERIVE; and as {@link ObjectCreation#create}
     */
    public ObjectCreation.Created createDerived(TpmState tpm, TpmObject parent) {
        if (publicArea.type() == TpmAlgId.RSA) {
            throw TpmException.parameter(IN_PUBLIC, TpmRc.TYPE);
        }
        if (publicArea.objectAttributes().sensitiveDataOrigin()) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        try {
            PublicAreaChecks.attributes(parent, publicArea);
        } catch (TpmException e) {
            throw e.atParameter(IN_PUBLIC);
        }
        return create(tpm, KeyOrigin.derived(parent, labels(tpm)), Tpm2b.EMPTY);
    }

    private TpmsDerive labels(TpmState tpm) {
        TpmsDerive template = ((TpmuPublicId.Derive) publicArea.unique()).derive();
        if (sensitive.data().isEmpty()) {
            return template;
        }
        TpmsDerive data = TpmsDerive.read(new TpmReader(sensitive.data().bytes(), tpm.profile()));
        return new TpmsDerive(
                template.label().isEmpty() ? data.label() : template.label(),
                template.context().isEmpty() ? data.context() : template.context());
    }

    private ObjectCreation.Created create(TpmState tpm, KeyOrigin origin, Tpm2b secret) {
        return new ObjectCreation(tpm).create(publicArea, authValue(), secret, origin);
    }

    private Tpm2b authValue() {
        try {
            return PublicAreaChecks.authValue(sensitive.userAuth(), publicArea.nameAlg());
        } catch (TpmException e) {
            throw e.atParameter(IN_SENSITIVE);
        }
    }

    /** The key or data that the object is to have; empty if the TPM makes it. */
    private Tpm2b secret() {
        return publicArea.objectAttributes().sensitiveDataOrigin() ? Tpm2b.EMPTY : sensitive.data();
    }
}
