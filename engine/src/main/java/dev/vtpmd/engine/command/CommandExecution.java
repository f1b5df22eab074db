package dev.vtpmd.engine.command;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.authorization.AuditEntry;
import dev.vtpmd.engine.authorization.Authorization;
import dev.vtpmd.engine.authorization.Entities;
import dev.vtpmd.engine.authorization.ResponseSessions;
import dev.vtpmd.engine.authorization.SessionArea;
import dev.vtpmd.engine.authorization.SessionUse;
import dev.vtpmd.engine.command.testing.FailureModeCommands;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * The way of a command through the TPM: header, handles, sessions, parameters, action, response (Part 3, clause 5). The order
 * of the checks is part of the specification, for it decides which response code a caller sees.
 */
public final class CommandExecution {
    /** Size of the header of a command or response, in bytes. */
    public static final int HEADER_SIZE = 10;

    private static final int HANDLE_SIZE = 4;
    private static final int SIZE_OFFSET = 2;

    private final TpmState tpm;
    private final CommandTable table;
    private final Commit commit;
    private final FailureModeCommands failureModeCommands;

    /** What makes the changes of a command durable. */
    @FunctionalInterface
    public interface Commit {
        /**
         * Called between a command's action and its response.
         *
         * @throws TpmException if the changes could not be stored; the state is then as before the command
         */
        void afterAction(CommandContext command);
    }

    /** Executes the commands of {@code table} on {@code tpm}. */
    public CommandExecution(TpmState tpm, CommandTable table, Commit commit) {
        this.tpm = tpm;
        this.table = table;
        this.commit = commit;
        this.failureModeCommands = new FailureModeCommands(tpm, table);
    }

    /**
     * Executes the command that {@code in} holds, and writes the response of a success into {@code out}.
     *
     * @throws TpmException the response code of a failure; what is in {@code out} then does not count
     */
    public void execute(int locality, TpmReader in, TpmWriter out) {
        if (tpm.failureMode().active()) {
            failureModeCommands.execute(in, out);
            return;
        }
        int received = in.remaining();
        TpmSt tag = readTag(in);
        if (in.u32() != received || received > tpm.platform().bufferSize()) {
            throw TpmException.of(TpmRc.COMMAND_SIZE);
        }
        CommandRow row = table.find(in.u32());
        if (row == null) {
            throw TpmException.of(TpmRc.COMMAND_CODE);
        }
        if (row.refusedReadOnly() && tpm.readOnlyMode().active()) {
            throw TpmException.of(TpmRc.READ_ONLY);
        }
        if (tpm.startup().started() == (row.code() == TpmCc.STARTUP)) {
            throw TpmException.of(TpmRc.INITIALIZE);
        }
        CommandContext command = new CommandContext(tpm, row, locality, in, out);
        try {
            readHandles(command, in);
            Authorization authorization = authorize(command, tag, in);
            respond(command, tag, authorization);
            command.done();
        } finally {
            tpm.objects().returnSlots();
        }
    }

    private static TpmSt readTag(TpmReader in) {
        int value = in.u16();
        TpmSt tag = TpmSt.of(value);
        if (tag == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        if (tag != TpmSt.NO_SESSIONS && tag != TpmSt.SESSIONS) {
            throw TpmException.of(TpmRc.BAD_TAG);
        }
        return tag;
    }

    private void readHandles(CommandContext command, TpmReader in) {
        List<HandleSlot> slots = command.row().handles();
        int[] handles = new int[slots.size()];
        for (int i = 0; i < handles.length; i++) {
            HandleSlot slot = slots.get(i);
            try {
                handles[i] = slot.type().check(in.u32(), slot.orNull());
            } catch (TpmException e) {
                throw e.atHandle(i + 1);
            }
        }
        for (int i = 0; i < handles.length; i++) {
            requireLoaded(handles[i], i + 1);
        }
        command.handles(handles);
    }

    /** What a handle refers to must be there and enabled (Part 3, 5.4). */
    private void requireLoaded(int handle, int number) {
        TpmHt type = TpmHt.of(handle);
        switch (type == null ? TpmHt.AC : type) {
            case PERMANENT -> {
                boolean vendor = handle >= TpmRh.AUTH_00 && handle <= TpmRh.AUTH_FF;
                boolean noTimer = CountdownTimers.inRange(handle)
                        && !tpm.countdownTimers().contains(handle);
                if (vendor || noTimer) {
                    throw TpmException.handle(number, TpmRc.VALUE);
                }
                if (!tpm.hierarchies().enabled(handle)) {
                    throw TpmException.handle(number, TpmRc.HIERARCHY);
                }
            }
            case TRANSIENT -> {
                if (tpm.objects().transientObject(handle) == null) {
                    throw TpmException.handleNotLoaded(number);
                }
            }
            case PERSISTENT -> requirePersistent(handle, number);
            case HMAC_SESSION, POLICY_SESSION -> requireSession(handle, number);
            case NV_INDEX -> {
                NvIndex index = tpm.nv().find(handle);
                if (index == null || !tpm.nv().visible(index)) {
                    throw TpmException.handle(number, TpmRc.HANDLE);
                }
            }
            case PCR -> {}
            case AC -> {
                if (tpm.platform().attachedComponent(handle) == null) {
                    throw TpmException.handle(number, TpmRc.VALUE);
                }
            }
            default -> throw TpmException.handle(number, TpmRc.VALUE);
        }
    }

    private void requirePersistent(int handle, int number) {
        boolean platforms = Integer.compareUnsigned(handle, TpmHt.PLATFORM_PERSISTENT_FIRST) >= 0;
        if (!tpm.hierarchies().enabled(platforms ? TpmRh.PLATFORM : TpmRh.OWNER)) {
            throw TpmException.handle(number, TpmRc.HANDLE);
        }
        tpm.objects().borrowSlot();
        TpmObject object = tpm.objects().persistentObject(handle);
        if (object == null || hiddenEndorsement(object)) {
            throw TpmException.handle(number, TpmRc.HANDLE);
        }
    }

    private boolean hiddenEndorsement(TpmObject object) {
        return object.hierarchy() == TpmRh.ENDORSEMENT && !tpm.hierarchies().enabled(TpmRh.ENDORSEMENT);
    }

    private void requireSession(int handle, int number) {
        Session session = tpm.sessions().find(handle);
        if (session == null) {
            throw TpmException.handleNotLoaded(number);
        }
        if (session.isPolicy() != TpmHt.POLICY_SESSION.holds(handle)) {
            throw TpmException.handle(number, TpmRc.HANDLE);
        }
    }

    private Authorization authorize(CommandContext command, TpmSt tag, TpmReader in) {
        if (tag == TpmSt.NO_SESSIONS) {
            if (command.row().authorizations() > 0) {
                throw TpmException.of(TpmRc.AUTH_MISSING);
            }
            command.parametersOffset(in.position());
            if (tpm.commandAudit().audits(command.code())) {
                Authorization.requireNvForAudit(command);
                command.names(names(command, new Entities(tpm)));
            }
            return null;
        }
        command.sessions(SessionArea.read(command, in));
        command.parametersOffset(in.position());
        Entities entities = new Entities(tpm);
        if (isHashed(command)) {
            command.names(names(command, entities));
        }
        Authorization authorization = new Authorization(command, entities);
        authorization.check();
        return authorization;
    }

    /** Whether anything is hashed over the command; a password alone needs no hash. */
    private boolean isHashed(CommandContext command) {
        for (SessionUse use : command.sessions()) {
            if (!use.isPassword()) {
                return true;
            }
        }
        return tpm.commandAudit().audits(command.code());
    }

    private static Tpm2b[] names(CommandContext command, Entities entities) {
        Tpm2b[] names = new Tpm2b[command.handleCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = entities.name(command.handle(i + 1));
        }
        return names;
    }

    private void respond(CommandContext command, TpmSt tag, Authorization authorization) {
        TpmWriter out = command.response();
        boolean sessions = tag == TpmSt.SESSIONS;
        int handleOffset = out.position() + HEADER_SIZE;
        int parametersStart =
                handleOffset + (command.row().returnsHandle() ? HANDLE_SIZE : 0) + (sessions ? Integer.BYTES : 0);
        int start = out.position();
        out.u16(tag.value());
        out.u32(0);
        out.u32(TpmRc.SUCCESS.value());
        while (out.position() < parametersStart) {
            out.u8(0);
        }
        command.row().action().execute(command);
        boolean audited = tpm.commandAudit().begin(command.code());
        commit.afterAction(command);
        int parametersEnd = out.position();
        if (command.row().returnsHandle()) {
            out.putU32(handleOffset, command.returnedHandle());
        }
        if (sessions) {
            out.putU32(parametersStart - Integer.BYTES, out.position() - parametersStart);
            new ResponseSessions(command, new Entities(tpm), authorization).write(out, parametersStart);
        } else {
            ResponseSessions.withoutSessions(command);
        }
        if (audited) {
            AuditEntry.record(command, authorization, out, parametersStart, parametersEnd);
        }
        out.putU32(start + SIZE_OFFSET, out.position() - start);
    }
}
