package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;

/**
 * A TPM response code on its way to the client. It carries no stack trace: it is an answer, not a fault, and costs no more
 * than the object itself.
 *
 * <p>A format-one code may name a location: a parameter, handle or session number, counted from 1 (Part 2, 6.6.3). The code
 * that finds an error often does not know the location; a caller that does adds it with {@link #atParameter}, {@link
 * #atHandle} or {@link #atSession}, which leave a code alone that has a location already or can have none.
 */
public final class TpmException extends RuntimeException {
    private final int code;

    private TpmException(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    /** An error without a location. */
    public static TpmException of(TpmRc rc) {
        return new TpmException(rc.value());
    }

    /** An error found in parameter {@code number}, 1 to 15. */
    public static TpmException parameter(int number, TpmRc rc) {
        return new TpmException(rc.value()).atParameter(number);
    }

    /** An error found in handle {@code number}, 1 to 7. */
    public static TpmException handle(int number, TpmRc rc) {
        return new TpmException(rc.value()).atHandle(number);
    }

    /** An error found in session {@code number}, 1 to 7. */
    public static TpmException session(int number, TpmRc rc) {
        return new TpmException(rc.value()).atSession(number);
    }

    /** TPM_RC_REFERENCE_Hx: handle {@code number}, counted from 1, refers to something that is not loaded. */
    public static TpmException handleNotLoaded(int number) {
        return new TpmException(TpmRc.REFERENCE_H0.value() + number - 1);
    }

    /** TPM_RC_REFERENCE_Sx: session {@code number}, counted from 1, is not loaded. */
    public static TpmException sessionNotLoaded(int number) {
        return new TpmException(TpmRc.REFERENCE_S0.value() + number - 1);
    }

    /** This error with parameter {@code number} (1 to 15) as its location, unless it has one or can have none. */
    public TpmException atParameter(int number) {
        return located(TpmRc.PARAMETER + (number << TpmRc.NUMBER_SHIFT));
    }

    /** This error with handle {@code number} (1 to 7) as its location, unless it has one or can have none. */
    public TpmException atHandle(int number) {
        return located(number << TpmRc.NUMBER_SHIFT);
    }

    /** This error with session {@code number} (1 to 7) as its location, unless it has one or can have none. */
    public TpmException atSession(int number) {
        return located(TpmRc.SESSION + (number << TpmRc.NUMBER_SHIFT));
    }

    /** The response code as it goes over the wire. */
    public int code() {
        return code;
    }

    /** Whether this is {@code rc}, wherever it was found. */
    public boolean is(TpmRc rc) {
        return TpmRc.withoutLocation(code) == rc.value();
    }

    @Override
    public String getMessage() {
        return TpmRc.describe(code);
    }

    private TpmException located(int location) {
        boolean canBeLocated = (code & TpmRc.FORMAT_ONE) != 0 && TpmRc.withoutLocation(code) == code;
        return canBeLocated ? new TpmException(code + location) : this;
    }
}
