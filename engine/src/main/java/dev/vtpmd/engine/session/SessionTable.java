package dev.vtpmd.engine.session;

import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that are active: loaded in the TPM, or saved as a context outside (Part 1, 30.4). HMAC and policy sessions
 * share the numbers in the low bits of their handles.
 *
 * <p>A saved session is told by the low 16 bits of the context counter when it was saved. The counter may not go so far that
 * these bits come round to the oldest saved session again: TPM_RC_CONTEXT_GAP.
 */
public final class SessionTable {
    /** TPM_PT_HR_LOADED_MIN: how many sessions can be loaded at a time. */
    public static final int LOADED_MAXIMUM = 3;
    /** TPM_PT_ACTIVE_SESSIONS_MAX: how many sessions can be active. */
    public static final int ACTIVE_MAXIMUM = 64;
    /** TPM_PT_CONTEXT_GAP_MAX. */
    public static final int CONTEXT_GAP_MAXIMUM = 0xFFFF;
    /** Handle type of HMAC sessions, in the high byte. */
    public static final int HMAC_TYPE = 0x02000000;
    /** Handle type of policy sessions, in the high byte. */
    public static final int POLICY_TYPE = 0x03000000;

    private static final int NUMBER = 0x00FFFFFF;
    /** Values of the low bits that no saved session gets; the TCG's reference marks loaded sessions with them. */
    private static final int FIRST_CONTEXT = LOADED_MAXIMUM + 1;

    private static final int NOT_SAVED = 0;
    private static final int NO_SESSION = -1;

    private final Orderly orderly;
    private final Session[] loaded = new Session[ACTIVE_MAXIMUM];
    private final int[] savedContext = new int[ACTIVE_MAXIMUM];
    private long contextCounter = FIRST_CONTEXT;
    private int exclusive;

    /** An empty table. */
    public SessionTable(Orderly orderly) {
        this.orderly = orderly;
    }

    /** The loaded session with the number in {@code handle}, whatever its type, or null. */
    public Session find(int handle) {
        int number = handle & NUMBER;
        return number < ACTIVE_MAXIMUM ? loaded[number] : null;
    }

    /**
     * The handle for a new session.
     *
     * @param type {@link #HMAC_TYPE} or {@link #POLICY_TYPE}
     * @throws TpmException TPM_RC_SESSION_MEMORY, TPM_RC_CONTEXT_GAP or TPM_RC_SESSION_HANDLES if there can be none
     */
    public int newHandle(int type) {
        requireLoadable(NO_SESSION);
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            if (loaded[number] == null && savedContext[number] == NOT_SAVED) {
                return type | number;
            }
        }
        throw TpmException.of(TpmRc.SESSION_HANDLES);
    }

    /** Adds a session under a handle from {@link #newHandle}. */
    public void add(Session session) {
        loaded[session.handle() & NUMBER] = session;
    }

    /** Ends a session, loaded or saved, whatever its type; does nothing if there is none with that number. */
    public void flush(int handle) {
        int number = handle & NUMBER;
        if (loaded[number] != null) {
            loaded[number].wipe();
            loaded[number] = null;
        }
        if (savedContext[number] != NOT_SAVED) {
            savedContext[number] = NOT_SAVED;
            orderly.savedStateChanged();
        }
        if ((exclusive & NUMBER) == number) {
            exclusive = 0;
        }
    }

    /** Ends a loaded session whose last command did not ask for it to continue. An exclusive mark on it stays. */
    public void end(Session session) {
        loaded[session.handle() & NUMBER] = null;
        session.wipe();
    }

    /** Whether the number in {@code handle} belongs to a saved session. */
    public boolean isSaved(int handle) {
        return savedContext[handle & NUMBER] != NOT_SAVED;
    }

    /**
     * Removes a loaded session because its context has been saved.
     *
     * @return the sequence number of the context
     * @throws TpmException TPM_RC_CONTEXT_GAP if the oldest saved session must be loaded or flushed first
     */
    public long save(Session session) {
        int number = session.handle() & NUMBER;
        if (gapReached()) {
            throw TpmException.of(TpmRc.CONTEXT_GAP);
        }
        long sequence = contextCounter;
        savedContext[number] = lowBits(contextCounter);
        contextCounter++;
        if (lowBits(contextCounter) == 0) {
            contextCounter += FIRST_CONTEXT;
        }
        loaded[number] = null;
        orderly.savedStateChanged();
        return sequence;
    }

    /**
     * Whether a saved session with this handle and sequence number is the one that was saved last under that number.
     */
    public boolean isValidContext(int handle, long sequence) {
        long age = contextCounter - sequence;
        return age > 0 && age <= CONTEXT_GAP_MAXIMUM + 1L && savedContext[handle & NUMBER] == lowBits(sequence);
    }

    /**
     * Puts back a session whose context was saved.
     *
     * @throws TpmException TPM_RC_SESSION_MEMORY or TPM_RC_CONTEXT_GAP if there is no room for it
     */
    public void restore(Session session) {
        int number = session.handle() & NUMBER;
        requireLoadable(number);
        savedContext[number] = NOT_SAVED;
        loaded[number] = session;
        orderly.savedStateChanged();
    }

    /** Handle of the exclusive audit session, 0 if there is none. */
    public int exclusive() {
        return exclusive;
    }

    /** Makes a session the exclusive audit session; 0 makes none that. */
    public void exclusive(int handle) {
        exclusive = handle;
    }

    /** Handles of the loaded sessions, by ascending number. */
    public List<Integer> loadedHandles() {
        List<Integer> handles = new ArrayList<>(LOADED_MAXIMUM);
        for (Session session : loaded) {
            if (session != null) {
                handles.add(session.handle());
            }
        }
        return handles;
    }

    /** Handles of the saved sessions, by ascending number; all with the type of HMAC sessions. */
    public List<Integer> savedHandles() {
        List<Integer> handles = new ArrayList<>();
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            if (savedContext[number] != NOT_SAVED) {
                handles.add(HMAC_TYPE | number);
            }
        }
        return handles;
    }

    /** What TPM2_Startup does to the sessions (Part 3, 9.3): loaded ones end, with a TPM Reset saved ones too. */
    public void startup(StartupKind kind) {
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            if (loaded[number] != null) {
                loaded[number].wipe();
                loaded[number] = null;
            }
            if (kind == StartupKind.RESET) {
                savedContext[number] = NOT_SAVED;
            }
        }
        if (kind == StartupKind.RESET) {
            contextCounter = FIRST_CONTEXT;
        }
        exclusive = 0;
    }

    /** Stores loaded sessions, and which are saved. */
    public void writeVolatile(TpmWriter out) {
        out.u64(contextCounter);
        out.u32(exclusive);
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            out.u16(savedContext[number]);
            out.u8(loaded[number] == null ? 0 : 1);
            if (loaded[number] != null) {
                loaded[number].write(out);
            }
        }
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        contextCounter = in.u64();
        exclusive = in.u32();
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            savedContext[number] = in.u16();
            loaded[number] = in.u8() == 0 ? null : Session.read(in);
        }
    }

    /** Overwrites session keys. */
    public void wipe() {
        for (Session session : loaded) {
            if (session != null) {
                session.wipe();
            }
        }
    }

    private void requireLoadable(int number) {
        int free = LOADED_MAXIMUM - loadedHandles().size();
        if (free == 0) {
            throw TpmException.of(TpmRc.SESSION_MEMORY);
        }
        if (free == 1 && gapReached() && oldestSaved() != number) {
            throw TpmException.of(TpmRc.CONTEXT_GAP);
        }
    }

    private boolean gapReached() {
        int oldest = oldestSaved();
        return oldest != NO_SESSION && savedContext[oldest] == lowBits(contextCounter);
    }

    private int oldestSaved() {
        int oldest = NO_SESSION;
        int smallest = Integer.MAX_VALUE;
        for (int number = 0; number < ACTIVE_MAXIMUM; number++) {
            if (savedContext[number] != NOT_SAVED) {
                int distance = lowBits(savedContext[number] - contextCounter);
                if (distance < smallest) {
                    smallest = distance;
                    oldest = number;
                }
            }
        }
        return oldest;
    }

    private static int lowBits(long counter) {
        return (int) counter & CONTEXT_GAP_MAXIMUM;
    }
}
