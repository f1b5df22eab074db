package dev.vtpmd.engine.command;

import dev.vtpmd.engine.CommandCost;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * How long a command will take, told from the command table, from what its handles refer to, from the template of a new key and
 * from whether the TPM has something to store. Only an estimate: a command whose authorization fails may have to store that, whatever it is; how often
 * that can happen is bounded by the lockout.
 */
public final class CostEstimate {
    private static final int HANDLE_SIZE = 4;

    private final TpmState tpm;
    private final CommandTable table;

    /** Estimates for commands that {@code tpm} would execute now. */
    public CostEstimate(TpmState tpm, CommandTable table) {
        this.tpm = tpm;
        this.table = table;
    }

    /** The cost of the command in these bytes; {@link CommandCost#LIGHT} for what is no command. */
    public CommandCost of(byte[] command, int offset, int length) {
        if (length < CommandExecution.HEADER_SIZE) {
            return CommandCost.LIGHT;
        }
        TpmReader in = new TpmReader(command, offset, length, tpm.profile());
        boolean sessions = in.u16() == TpmSt.SESSIONS.value();
        in.skip(Integer.BYTES);
        CommandRow row = table.find(in.u32());
        if (row == null) {
            return CommandCost.LIGHT;
        }
        boolean commits = row.cost() == CommandCost.DURABLE
                || tpm.orderly().shutdown() != ShutdownKind.NONE
                || tpm.commandAudit().counts(row.code());
        boolean slowKey = false;
        for (int i = 0; i < row.handles().size() && in.remaining() >= HANDLE_SIZE; i++) {
            int handle = in.u32();
            slowKey |= isSlowKey(handle);
            commits |= sessions && row.role(i + 1) != AuthRole.NONE && usingItCommits(handle);
        }
        if (commits) {
            return CommandCost.DURABLE;
        }
        boolean fast = row.cost() == CommandCost.PRIVATE_KEY && !slowKey
                || row.cost() == CommandCost.KEY_GENERATION && makesFastKey(row, sessions, in);
        return fast ? CommandCost.LIGHT : row.cost();
    }

    /** Whether {@code in}, which is behind the handles, has a template of a key that is made about as fast as it is used. */
    private static boolean makesFastKey(CommandRow row, boolean sessions, TpmReader in) {
        switch (row.code()) {
            case CREATE, CREATE_PRIMARY, CREATE_LOADED -> {}
            default -> {
                return false;
            }
        }
        try {
            int authorizationSize = sessions ? in.u32() : 0;
            if (authorizationSize < 0) {
                return false;
            }
            in.skip(authorizationSize);
            in.skip(in.u16());
            TpmtPublic template = in.sized(TpmtPublic::read);
            return template.parameters() instanceof TpmsEccParms ecc
                    ? EccCurve.of(ecc.curveID()).isFast()
                    : template.type() != TpmAlgId.RSA;
        } catch (TpmException malformed) {
            return false;
        }
    }

    /** An operation with a key on a small curve takes some tens of microseconds, less than handing it to another thread. */
    private boolean isSlowKey(int handle) {
        return tpm.object(handle) instanceof TpmObject object
                && (object.type() == TpmAlgId.RSA
                        || object.type() == TpmAlgId.ECC
                                && !object.key().curve().isFast());
    }

    /** The first use of a protected authValue is recorded, and each use of that of a PIN index. */
    private boolean usingItCommits(int handle) {
        if (TpmHt.NV_INDEX.holds(handle)) {
            NvIndex index = tpm.nv().find(handle);
            return index != null
                    && (index.isPin()
                            || !index.attributes().noDa()
                                    && !tpm.dictionaryAttack().used());
        }
        return tpm.object(handle) instanceof TpmObject object
                && !object.attributes().noDa()
                && !tpm.dictionaryAttack().used();
    }
}
