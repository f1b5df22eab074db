package dev.vtpmd.protocol.handle;

import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.function.IntPredicate;

import static dev.vtpmd.protocol.constant.TpmHt.AC_FIRST;
import static dev.vtpmd.protocol.constant.TpmHt.AC_LAST;
import static dev.vtpmd.protocol.constant.TpmHt.HMAC_SESSION_FIRST;
import static dev.vtpmd.protocol.constant.TpmHt.MAX_ACTIVE_SESSIONS;
import static dev.vtpmd.protocol.constant.TpmHt.MAX_LOADED_OBJECTS;
import static dev.vtpmd.protocol.constant.TpmHt.PCR_COUNT;
import static dev.vtpmd.protocol.constant.TpmHt.POLICY_SESSION_FIRST;
import static dev.vtpmd.protocol.constant.TpmHt.TRANSIENT_FIRST;
import static dev.vtpmd.protocol.constant.TpmRh.ACT_0;
import static dev.vtpmd.protocol.constant.TpmRh.ACT_F;
import static dev.vtpmd.protocol.constant.TpmRh.AUTH_00;
import static dev.vtpmd.protocol.constant.TpmRh.AUTH_FF;
import static dev.vtpmd.protocol.constant.TpmRh.ENDORSEMENT;
import static dev.vtpmd.protocol.constant.TpmRh.LOCKOUT;
import static dev.vtpmd.protocol.constant.TpmRh.NULL;
import static dev.vtpmd.protocol.constant.TpmRh.OWNER;
import static dev.vtpmd.protocol.constant.TpmRh.PASSWORD;
import static dev.vtpmd.protocol.constant.TpmRh.PLATFORM;
import static dev.vtpmd.protocol.constant.TpmRh.PLATFORM_NV;

/**
 * The interface types over handles, TPMI_DH_*, TPMI_RH_* and TPMI_SH_* (Part 2, clause 9): which handles may stand in a
 * place, whether or not something is loaded or defined there. The answer to any other handle is TPM_RC_VALUE.
 *
 * <p>Most types have a "+" variant that also accepts one more handle: TPM_RH_NULL, or TPM_RS_PW for a session.
 *
 * <p>Not supported, and refused wherever they would be allowed: firmware-limited and SVN-limited hierarchies, external and
 * permanent NV indices, and the vendor's authorization values.
 */
public enum HandleType {
    TPMI_DH_OBJECT(handle -> isTransient(handle) || isPersistent(handle), NULL),
    /** TPM_RH_NULL is a parent even without "+". */
    TPMI_DH_PARENT(handle -> isHierarchy(handle) || isTransient(handle) || isPersistent(handle), NULL),
    TPMI_DH_PERSISTENT(HandleType::isPersistent, NULL),
    TPMI_DH_ENTITY(HandleType::isEntity, NULL),
    TPMI_DH_PCR(HandleType::isPcr, NULL),
    TPMI_SH_AUTH_SESSION(handle -> isHmacSession(handle) || isPolicySession(handle), PASSWORD),
    TPMI_SH_HMAC(HandleType::isHmacSession, NULL),
    TPMI_SH_POLICY(HandleType::isPolicySession, NULL),
    TPMI_DH_CONTEXT(handle -> isHmacSession(handle) || isPolicySession(handle) || isTransient(handle), NULL),
    /** In a saved context: a session, or 0x80000000 for an object, ...1 for a sequence and ...2 for an stClear object. */
    TPMI_DH_SAVED(handle -> isHmacSession(handle) || isPolicySession(handle) || isSavedObject(handle), NULL),
    /** TPM_RH_NULL is a hierarchy even without "+". */
    TPMI_RH_HIERARCHY(HandleType::isHierarchy, NULL),
    TPMI_RH_BASE_HIERARCHY(HandleType::isBaseHierarchy, NULL),
    TPMI_RH_ENABLES(handle -> isBaseHierarchy(handle) || handle == PLATFORM_NV, NULL),
    TPMI_RH_HIERARCHY_AUTH(handle -> isBaseHierarchy(handle) || handle == LOCKOUT, NULL),
    TPMI_RH_HIERARCHY_POLICY(handle -> isBaseHierarchy(handle) || handle == LOCKOUT || isTimer(handle), NULL),
    TPMI_RH_PLATFORM(handle -> handle == PLATFORM, NULL),
    TPMI_RH_OWNER(handle -> handle == OWNER, NULL),
    TPMI_RH_ENDORSEMENT(handle -> handle == ENDORSEMENT, NULL),
    TPMI_RH_PROVISION(handle -> handle == OWNER || handle == PLATFORM, NULL),
    TPMI_RH_CLEAR(handle -> handle == LOCKOUT || handle == PLATFORM, NULL),
    TPMI_RH_NV_AUTH(handle -> handle == OWNER || handle == PLATFORM || TpmHt.NV_INDEX.holds(handle), NULL),
    TPMI_RH_LOCKOUT(handle -> handle == LOCKOUT, NULL),
    TPMI_RH_NV_INDEX(TpmHt.NV_INDEX::holds, NULL),
    TPMI_RH_NV_DEFINED_INDEX(TpmHt.NV_INDEX::holds, NULL),
    TPMI_RH_NV_LEGACY_INDEX(TpmHt.NV_INDEX::holds, NULL),
    TPMI_RH_AC(handle -> isWithin(handle, AC_FIRST, AC_LAST - AC_FIRST + 1), NULL),
    TPMI_RH_ACT(HandleType::isTimer, NULL);

    private static final int SAVED_OBJECT_KINDS = 3;

    private final IntPredicate accepted;
    private final int alternative;

    HandleType(IntPredicate accepted, int alternative) {
        this.accepted = accepted;
        this.alternative = alternative;
    }

    /** Whether {@code handle} may stand where this type is asked for. */
    public boolean accepts(int handle) {
        return accepted.test(handle);
    }

    /** Whether {@code handle} may stand where this type is asked for, with "+" or without. */
    public boolean accepts(int handle, boolean orNull) {
        return accepted.test(handle) || orNull && handle == alternative;
    }

    /** {@code handle}, or TPM_RC_VALUE if this type does not accept it. */
    public int check(int handle) {
        return check(handle, false);
    }

    /** {@code handle}, or TPM_RC_VALUE if this type, with "+" or without, does not accept it. */
    public int check(int handle, boolean orNull) {
        if (!accepts(handle, orNull)) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return handle;
    }

    /** Reads a handle of this type, else TPM_RC_VALUE. */
    public int read(TpmReader in) {
        return check(in.u32(), false);
    }

    /** Reads a handle of this type with "+", else TPM_RC_VALUE. */
    public int readOrNull(TpmReader in) {
        return check(in.u32(), true);
    }

    private static boolean isTransient(int handle) {
        return isWithin(handle, TRANSIENT_FIRST, MAX_LOADED_OBJECTS);
    }

    private static boolean isSavedObject(int handle) {
        return isWithin(handle, TRANSIENT_FIRST, SAVED_OBJECT_KINDS);
    }

    private static boolean isPersistent(int handle) {
        return TpmHt.PERSISTENT.holds(handle);
    }

    private static boolean isHmacSession(int handle) {
        return isWithin(handle, HMAC_SESSION_FIRST, MAX_ACTIVE_SESSIONS);
    }

    private static boolean isPolicySession(int handle) {
        return isWithin(handle, POLICY_SESSION_FIRST, MAX_ACTIVE_SESSIONS);
    }

    private static boolean isPcr(int handle) {
        return isWithin(handle, 0, PCR_COUNT);
    }

    private static boolean isBaseHierarchy(int handle) {
        return handle == OWNER || handle == ENDORSEMENT || handle == PLATFORM;
    }

    private static boolean isTimer(int handle) {
        return handle >= ACT_0 && handle <= ACT_F;
    }

    private static boolean isHierarchy(int handle) {
        return isBaseHierarchy(handle) || handle == NULL;
    }

    private static boolean isEntity(int handle) {
        return isBaseHierarchy(handle)
                || handle == LOCKOUT
                || isTransient(handle)
                || isPersistent(handle)
                || TpmHt.NV_INDEX.holds(handle)
                || isPcr(handle)
                || isVendorAuthorization(handle);
    }

    /** Of this type, though no TPM of ours has one: that is found out later, when all handles have been read. */
    private static boolean isVendorAuthorization(int handle) {
        return handle >= AUTH_00 && handle <= AUTH_FF;
    }

    private static boolean isWithin(int handle, int first, int count) {
        return Integer.compareUnsigned(handle - first, count) < 0;
    }
}
