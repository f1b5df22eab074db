package dev.vtpmd.engine.object;

import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * Whether the attributes of a public area make sense together and under its parent (Part 1, 25.2; Part 2, 8.3.3). The order
 * of the checks is that of the TCG's reference code, because it decides which response code a caller sees. Errors have no
 * location; the command adds the number of its parameter.
 */
public final class PublicAreaChecks {
    private PublicAreaChecks() {}

    /**
     * What a template of an object that the TPM is to create must satisfy (Part 3, 12.1 and 24.1).
     *
     * @param parent the parent, or null for a primary object
     * @param hasData whether the caller gave sensitive data
     * @throws TpmException TPM_RC_ATTRIBUTES, and what {@link #attributes} throws
     */
    public static void creation(TpmObject parent, TpmtPublic template, boolean hasData) {
        TpmaObject attributes = template.objectAttributes();
        boolean tpmIsSource = attributes.sensitiveDataOrigin();
        require(tpmIsSource || hasData);
        // Data for a primary object is not its secret then, but goes into the derivation.
        require(parent == null || !tpmIsSource || !hasData);
        switch (template.type()) {
            case KEYEDHASH -> {
                boolean dataObject = !attributes.sign() && !attributes.decrypt();
                require(!dataObject || !tpmIsSource);
                checkRestrictedSymmetric(attributes);
            }
            case SYMCIPHER -> checkRestrictedSymmetric(attributes);
            default -> require(tpmIsSource);
        }
        attributes(parent, template);
    }

    /** A restricted key that the TPM did not make cannot claim to have been in no other hands. */
    private static void checkRestrictedSymmetric(TpmaObject attributes) {
        boolean fixed = attributes.fixedTpm() || attributes.fixedParent();
        require(!attributes.restricted() || attributes.sensitiveDataOrigin() || !fixed);
    }

    /**
     * What the public area of every object with a sensitive area must satisfy, whether created or loaded.
     *
     * @param parent the parent; null for a primary or external object, which are held to the same rules
     * @throws TpmException TPM_RC_HASH, TPM_RC_SIZE, TPM_RC_ATTRIBUTES, and what {@link SchemeChecks#check} throws
     */
    public static void attributes(TpmObject parent, TpmtPublic area) {
        if (area.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.of(TpmRc.HASH);
        }
        int policySize = area.authPolicy().size();
        if (policySize != 0 && policySize != area.nameAlg().digestSize()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        TpmaObject attributes = area.objectAttributes();
        boolean parentFixed = parent == null || parent.attributes().fixedTpm();
        require(parentFixed ? attributes.fixedTpm() == attributes.fixedParent() : !attributes.fixedTpm());
        if (attributes.sign() == attributes.decrypt()) {
            require(!attributes.restricted());
            require(area.type() == TpmAlgId.KEYEDHASH || attributes.sign());
        }
        require(!attributes.fixedTpm() || !attributes.encryptedDuplication());
        require(parentFixed
                || attributes.encryptedDuplication() == parent.attributes().encryptedDuplication());
        if (parent != null && parent.derivationParent()) {
            require(attributes.fixedTpm() == parent.attributes().fixedTpm());
            require(attributes.fixedParent());
        }
        // There are no firmware-limited and SVN-limited hierarchies here, which such an object would have to be under.
        require(!attributes.firmwareLimited() && !attributes.svnLimited());
        SchemeChecks.check(parent, area);
    }

    /**
     * An authValue as an object with this nameAlg keeps it: without zeros at its end.
     *
     * @throws TpmException TPM_RC_SIZE if it is longer than a digest
     */
    public static Tpm2b authValue(Tpm2b given, TpmiAlgHash nameAlg) {
        Tpm2b authValue = given.withoutTrailingZeros();
        if (authValue.size() > nameAlg.digestSize()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return authValue;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
    }
}
