package dev.vtpmd.engine.command;

import dev.vtpmd.engine.CommandCost;
import dev.vtpmd.protocol.attribute.TpmaCc;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.handle.HandleType;

import java.util.ArrayList;
import java.util.List;

/** What the TPM knows of a command before it executes it: a row of {@link CommandTable}. */
public final class CommandRow {
    private static final int HANDLE_COUNT_SHIFT = 25;

    private final TpmCc code;
    private final Command action;
    private final List<HandleSlot> handles;
    private final int authorizations;
    private final boolean returnsHandle;
    private final boolean sessions;
    private final boolean decrypts;
    private final boolean encrypts;
    private final int attributes;
    private final boolean writesNvIndex;
    private final boolean physicalPresence;
    private final boolean refusedReadOnly;
    private final CommandCost cost;

    private CommandRow(Builder builder) {
        this.code = builder.code;
        this.action = builder.action;
        this.handles = List.copyOf(builder.handles);
        this.authorizations = (int)
                handles.stream().filter(slot -> slot.role() != AuthRole.NONE).count();
        this.returnsHandle = builder.returnsHandle;
        this.sessions = builder.sessions;
        this.decrypts = builder.decrypts;
        this.encrypts = builder.encrypts;
        this.attributes = builder.attributes;
        this.writesNvIndex = builder.writesNvIndex;
        this.physicalPresence = builder.physicalPresence;
        this.refusedReadOnly = builder.refusedReadOnly;
        this.cost = builder.cost;
    }

    /** Begins a row. */
    static Builder command(TpmCc code, Command action) {
        return new Builder(code, action);
    }

    /** The command code. */
    public TpmCc code() {
        return code;
    }

    /** What the command does. */
    public Command action() {
        return action;
    }

    /** The handles of the handle area; those that need an authorization come first. */
    List<HandleSlot> handles() {
        return handles;
    }

    /** What handle {@code number}, counted from 1, must be authorized for. */
    public AuthRole role(int number) {
        return number <= handles.size() ? handles.get(number - 1).role() : AuthRole.NONE;
    }

    /** Number of handles that need an authorization. */
    public int authorizations() {
        return authorizations;
    }

    /** Whether the response has a handle. */
    public boolean returnsHandle() {
        return returnsHandle;
    }

    /** Whether the command may come with sessions. */
    public boolean allowsSessions() {
        return sessions;
    }

    /** Whether the first parameter of the command is a TPM2B, which a session can decrypt. */
    public boolean firstParameterDecryptable() {
        return decrypts;
    }

    /** Whether the first parameter of the response is a TPM2B, which a session can encrypt. */
    public boolean firstParameterEncryptable() {
        return encrypts;
    }

    /** Whether the command changes the data or the lock of an NV index, so that its own authorization asks for AUTHWRITE. */
    public boolean writesNvIndex() {
        return writesNvIndex;
    }

    /** Whether TPM2_PP_Commands can make the platform's use of the command depend on physical presence. */
    public boolean physicalPresence() {
        return physicalPresence;
    }

    /** Whether the command is refused in read-only mode, whatever its parameters are (Part 1, 13.9). */
    public boolean refusedReadOnly() {
        return refusedReadOnly;
    }

    /** How long the command may take. */
    public CommandCost cost() {
        return cost;
    }

    /** The TPMA_CC that TPM2_GetCapability reports (Part 2, 8.9). */
    public TpmaCc commandAttributes() {
        int returned = returnsHandle ? TpmaCc.R_HANDLE : 0;
        return new TpmaCc(code.value() | attributes | handles.size() << HANDLE_COUNT_SHIFT | returned);
    }

    /** Collects what a row says. Without further words a command has no handles, allows sessions and is light. */
    static final class Builder {
        private final TpmCc code;
        private final Command action;
        private final List<HandleSlot> handles = new ArrayList<>();
        private boolean returnsHandle;
        private boolean sessions = true;
        private boolean decrypts;
        private boolean encrypts;
        private int attributes;
        private boolean writesNvIndex;
        private boolean physicalPresence;
        private boolean refusedReadOnly;
        private CommandCost cost = CommandCost.LIGHT;

        private Builder(TpmCc code, Command action) {
            this.code = code;
            this.action = action;
        }

        /** A handle that needs no authorization. */
        Builder handle(HandleType type) {
            return slot(type, false, AuthRole.NONE);
        }

        /** A handle that needs no authorization, or TPM_RH_NULL. */
        Builder handleOrNull(HandleType type) {
            return slot(type, true, AuthRole.NONE);
        }

        /** A handle whose use must be authorized for {@code role}. */
        Builder handle(HandleType type, AuthRole role) {
            return slot(type, false, role);
        }

        /** A handle, or TPM_RH_NULL, whose use must be authorized for {@code role}. */
        Builder handleOrNull(HandleType type, AuthRole role) {
            return slot(type, true, role);
        }

        /** The response has a handle. */
        Builder returnsHandle() {
            returnsHandle = true;
            return this;
        }

        /** The command may not come with sessions. */
        Builder noSessions() {
            sessions = false;
            return this;
        }

        /** The first parameter of the command is a TPM2B. */
        Builder decrypts() {
            decrypts = true;
            return this;
        }

        /** The first parameter of the response is a TPM2B. */
        Builder encrypts() {
            encrypts = true;
            return this;
        }

        /** TPMA_CC.nv: the command may write to NV. */
        Builder nv() {
            attributes |= TpmaCc.NV;
            return this;
        }

        /** TPMA_CC.extensive: the command may flush any number of contexts. */
        Builder extensive() {
            attributes |= TpmaCc.EXTENSIVE;
            return this;
        }

        /** TPMA_CC.flushed: a transient object of the command is flushed when it succeeds. */
        Builder flushed() {
            attributes |= TpmaCc.FLUSHED;
            return this;
        }

        /** The command changes the data or the lock of an NV index. */
        Builder writesNvIndex() {
            writesNvIndex = true;
            return this;
        }

        /** TPM2_PP_Commands can make the platform's use of the command depend on physical presence. */
        Builder physicalPresence() {
            physicalPresence = true;
            return this;
        }

        /** The command is refused in read-only mode. */
        Builder refusedReadOnly() {
            refusedReadOnly = true;
            return this;
        }

        /** The command takes longer than a light one. */
        Builder cost(CommandCost expected) {
            cost = expected;
            return this;
        }

        CommandRow build() {
            return new CommandRow(this);
        }

        private Builder slot(HandleType type, boolean orNull, AuthRole role) {
            handles.add(new HandleSlot(type, orNull, role));
            return this;
        }
    }
}
