package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.AuthRole;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.Names;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;

/** What can be authorized, by its handle: objects, NV indices, hierarchies, PCRs and countdown timers (Part 1, 19.2 to 19.5). */
public final class Entities {
    private final TpmState tpm;

    /** The entities of {@code tpm}. */
    public Entities(TpmState tpm) {
        this.tpm = tpm;
    }

    /** The Name of the entity (Part 1, 16). */
    public Tpm2b name(int handle) {
        LoadedObject object = tpm.object(handle);
        if (object != null) {
            return object.name();
        }
        NvIndex index = index(handle);
        return index != null ? tpm.nv().name(index) : Names.ofHandle(handle);
    }

    /** The authValue of the entity, without zeros at its end; empty for one that has gone meanwhile. */
    public Tpm2b authValue(int handle) {
        LoadedObject object = tpm.object(handle);
        if (object != null) {
            return object.authValue();
        }
        if (TpmHt.NV_INDEX.holds(handle)) {
            NvIndex index = index(handle);
            return index == null ? Tpm2b.EMPTY : index.authValue();
        }
        if (CountdownTimers.inRange(handle)) {
            return tpm.hierarchies().authValue(TpmRh.PLATFORM);
        }
        return TpmHt.PERMANENT.holds(handle) ? tpm.hierarchies().authValue(handle) : Tpm2b.EMPTY;
    }

    /** The authorization policy of the entity. */
    TpmtHa policy(int handle) {
        if (tpm.object(handle) instanceof TpmObject object) {
            return new TpmtHa(object.nameAlg(), object.publicArea().authPolicy());
        }
        NvIndex index = index(handle);
        if (index != null) {
            return new TpmtHa(index.publicArea().nameAlg(), index.publicArea().authPolicy());
        }
        if (CountdownTimers.inRange(handle)) {
            return tpm.countdownTimers().policy(handle);
        }
        return TpmHt.PERMANENT.holds(handle) ? tpm.hierarchies().policy(handle) : TpmtHa.NULL;
    }

    /** Whether failures with the entity's authValue are counted against dictionary attack; TPM_RH_LOCKOUT has its own rule. */
    public boolean dictionaryAttackProtected(int handle) {
        LoadedObject object = tpm.object(handle);
        if (object != null) {
            return object instanceof TpmObject key && !key.attributes().noDa();
        }
        NvIndex index = index(handle);
        return index != null ? !index.attributes().noDa() : handle == TpmRh.LOCKOUT;
    }

    /** Whether only a policy can authorize the entity for {@code role} (Part 1, 19.2). */
    boolean policyRequired(int handle, AuthRole role) {
        return switch (role) {
            case DUP -> true;
            case ADMIN ->
                switch (tpm.object(handle)) {
                    case TpmObject object -> object.attributes().adminWithPolicy();
                    case null -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    /** Whether the entity's authValue can authorize it for {@code role} in the command of {@code row}. */
    boolean authValueUsable(int handle, AuthRole role, CommandRow row) {
        LoadedObject loaded = tpm.object(handle);
        if (loaded instanceof TpmObject object) {
            boolean allowed = role == AuthRole.ADMIN || object.attributes().userWithAuth();
            return !object.publicOnly() && allowed;
        }
        if (CountdownTimers.inRange(handle)) {
            return tpm.hierarchies().enabled(TpmRh.PLATFORM);
        }
        NvIndex index = index(handle);
        return index == null || indexAuthValueUsable(index, row);
    }

    /** Whether a policy can authorize the entity for {@code role} in the command of {@code row}. */
    boolean policyUsable(int handle, AuthRole role, CommandRow row) {
        LoadedObject loaded = tpm.object(handle);
        if (loaded != null) {
            return loaded instanceof TpmObject object && !object.publicOnly();
        }
        NvIndex index = index(handle);
        if (index == null) {
            return policy(handle).hashAlg() != TpmiAlgHash.NULL;
        }
        boolean allowed = row.writesNvIndex()
                ? index.attributes().policyWrite()
                : index.attributes().policyRead();
        return !index.publicArea().authPolicy().isEmpty() && (role == AuthRole.ADMIN || allowed);
    }

    /** The NV index with this handle, or null. */
    NvIndex index(int handle) {
        return TpmHt.NV_INDEX.holds(handle) ? tpm.nv().find(handle) : null;
    }

    private static boolean indexAuthValueUsable(NvIndex index, CommandRow row) {
        if (row.writesNvIndex()) {
            return index.attributes().authWrite();
        }
        if (index.isPin()) {
            long count = index.number();
            int uses = (int) (count >>> Integer.SIZE);
            int limit = (int) count;
            return index.attributes().written() && Integer.compareUnsigned(uses, limit) < 0;
        }
        return index.attributes().authRead();
    }
}
