package dev.vtpmd.engine.command;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.authorization.SessionUse;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * One command while it is executed: what it came with, and where its response goes. Handles, sessions and parameters are
 * counted from 1, as in response codes.
 */
public final class CommandContext {
    private static final int[] NO_HANDLES = {};

    private final TpmState tpm;
    private final CommandRow row;
    private final int locality;
    private final TpmReader in;
    private final TpmWriter out;
    private int[] handles = NO_HANDLES;
    private Tpm2b[] names;
    private List<SessionUse> sessions = List.of();
    private int parametersOffset;
    private int parameterNumber;
    private int returnedHandle;
    private int flushed;

    /** A command that has just been received; {@code in} stands behind the command code. */
    public CommandContext(TpmState tpm, CommandRow row, int locality, TpmReader in, TpmWriter out) {
        this.tpm = tpm;
        this.row = row;
        this.locality = locality;
        this.in = in;
        this.out = out;
    }

    /** The TPM. */
    public TpmState tpm() {
        return tpm;
    }

    /** What the command table says of the command. */
    public CommandRow row() {
        return row;
    }

    /** The command code. */
    public TpmCc code() {
        return row.code();
    }

    /** The locality that the command came from. */
    public int locality() {
        return locality;
    }

    /** Number of handles in the handle area. */
    public int handleCount() {
        return handles.length;
    }

    /** Handle {@code number} of the handle area. */
    public int handle(int number) {
        return handles[number - 1];
    }

    /** Object or sequence that handle {@code number} refers to, or null for a handle of another kind. */
    public LoadedObject loadedObject(int number) {
        return tpm.object(handle(number));
    }

    /**
     * Object that handle {@code number} refers to.
     *
     * @throws TpmException {@code ifSequence}, with the number of the handle, if it is a sequence
     */
    public TpmObject object(int number, TpmRc ifSequence) {
        if (loadedObject(number) instanceof TpmObject object) {
            return object;
        }
        throw TpmException.handle(number, ifSequence);
    }

    /** Session that handle {@code number} refers to. */
    public Session session(int number) {
        return tpm.sessions().find(handle(number));
    }

    /** NV index that handle {@code number} refers to. */
    public NvIndex nvIndex(int number) {
        return tpm.nv().find(handle(number));
    }

    /** Name of the entity that handle {@code number} refers to, as it was when a {@link #named} command came in. */
    public Tpm2b name(int number) {
        return names[number - 1];
    }

    /** Whether the Names are known, as they are when something is hashed over the command. */
    public boolean named() {
        return names != null;
    }

    /** The sessions and passwords of the authorization area, in their order. */
    public List<SessionUse> sessions() {
        return sessions;
    }

    /** The reader of the command, for what looks at more than one parameter at a time. */
    public TpmReader reader() {
        return in;
    }

    /** Offset, in the reader's array, of the first parameter. */
    public int parametersOffset() {
        return parametersOffset;
    }

    /** Reads the next parameter; what is wrong with it gets its number. */
    public <T> T parameter(TpmReader.Content<T> content) {
        parameterNumber++;
        try {
            return content.read(in);
        } catch (TpmException e) {
            throw e.atParameter(parameterNumber);
        }
    }

    /** Reads the next parameter, a number or handle that {@code content} reads from the wire. */
    public int intParameter(IntContent content) {
        parameterNumber++;
        try {
            return content.read(in);
        } catch (TpmException e) {
            throw e.atParameter(parameterNumber);
        }
    }

    /** Reads the next parameter, a TPMI_YES_NO: 0 or 1, else TPM_RC_VALUE. */
    public boolean yesNoParameter() {
        int value = intParameter(TpmReader::u8);
        if (value > 1) {
            throw TpmException.parameter(parameterNumber, TpmRc.VALUE);
        }
        return value == 1;
    }

    /** Ends the parameters: TPM_RC_SIZE if there are bytes left. */
    public void endOfParameters() {
        if (in.remaining() != 0) {
            throw TpmException.of(TpmRc.SIZE);
        }
    }

    /** Sets the handle of the response. */
    public void returnHandle(int handle) {
        returnedHandle = handle;
    }

    /** The handle of the response. */
    public int returnedHandle() {
        return returnedHandle;
    }

    /** Removes a transient object once the response is written, which may still need its authValue. */
    public void flushWhenDone(int handle) {
        flushed = handle;
    }

    /** Where the response parameters go, in their order. */
    public TpmWriter response() {
        return out;
    }

    /** The response is written. */
    void done() {
        if (flushed != 0) {
            tpm.objects().flush(flushed);
        }
    }

    void handles(int[] area) {
        handles = area;
    }

    void names(Tpm2b[] entities) {
        names = entities;
    }

    void sessions(List<SessionUse> area) {
        sessions = area;
    }

    void parametersOffset(int offset) {
        parametersOffset = offset;
    }

    /** Reads a number or handle. */
    @FunctionalInterface
    public interface IntContent {
        /** Reads it, or throws the {@link TpmException} that Part 2 gives. */
        int read(TpmReader in);
    }
}
