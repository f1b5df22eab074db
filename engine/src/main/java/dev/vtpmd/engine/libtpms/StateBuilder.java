package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.KeyChecks;
import dev.vtpmd.engine.object.ObjectTable;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts what was read into the parts of a new TPM. Each part takes it as it takes its stored state, in the encoding that its
 * {@code writePermanent} or {@code writeVolatile} has; once released that encoding does not change.
 */
final class StateBuilder {
    private static final int PCRS = 24;
    private static final int NOMINAL_RATE = 30000;
    private static final int RATE_UNIT = 32768;

    private final TpmState tpm;

    StateBuilder(TpmState tpm) {
        this.tpm = tpm;
    }

    /** The permanent state. What {@code running} knows better of it is taken from there. */
    Void permanent(PersistentAll all, Optional<VolatileState> running) {
        PersistentData data = all.data();
        hierarchies(data);
        put(tpm.clock()::readPermanent, out -> {
            out.u64(all.orderly().clock());
            out.u8(all.orderly().clockSafe() ? 1 : 0);
            out.u32(data.resetCount());
            out.u64(data.totalResetCount());
        });
        boolean used = data.dictionaryAttackPending()
                || running.map(VolatileState::dictionaryAttackUsed).orElse(false);
        dictionaryAttack(data, all.orderly(), used);
        pcrAllocation(data);
        commandLists(data);
        requireBanks(data.nextAllocation());
        requireBanks(data.allocation());
        indices(all, running);
        persistentObjects(all);
        all.saved().ifPresent(saved -> saved(all, saved));
        tpm.orderly().restore(all.saved().isPresent() ? ShutdownKind.STATE : shutdown(data));
        return null;
    }

    private void hierarchies(PersistentData data) {
        put(tpm.hierarchies()::readPermanent, out -> {
            data.ownerSeed().write(out);
            data.endorsementSeed().write(out);
            data.platformSeed().write(out);
            data.ownerProof().write(out);
            data.endorsementProof().write(out);
            data.platformProof().write(out);
            data.ownerAuth().write(out);
            data.endorsementAuth().write(out);
            data.lockoutAuth().write(out);
            data.ownerPolicy().write(out);
            data.endorsementPolicy().write(out);
            data.lockoutPolicy().write(out);
            out.u8(data.disableClear() ? 1 : 0);
        });
    }

    private void dictionaryAttack(PersistentData data, OrderlyData orderly, boolean used) {
        put(tpm.dictionaryAttack()::readPermanent, out -> {
            out.u32(data.failedTries());
            out.u32(data.maxTries());
            out.u32(data.recoveryTime());
            out.u32(data.lockoutRecovery());
            out.u8((data.lockoutAuthEnabled() || data.lockoutRecovery() == 0 ? 1 : 0) | (used ? 2 : 0));
            timers(orderly, out);
        });
    }

    private void pcrAllocation(PersistentData data) {
        put(tpm.pcrs()::readPermanent, out -> {
            List<TpmiAlgHash> hashes = tpm.pcrs().hashes();
            out.u8(hashes.size());
            for (TpmiAlgHash hash : hashes) {
                out.u16(hash.value());
                out.u32(data.nextAllocation().getOrDefault(hash.value(), 0));
            }
        });
    }

    private void persistentObjects(PersistentAll all) {
        for (TpmObject object : all.nvram().objects()) {
            check(object, "the persistent object 0x%08X".formatted(object.persistentHandle()));
            if (tpm.objects().persistentObject(object.persistentHandle()) != null) {
                throw new MalformedStateException("it is damaged: the persistent object 0x%08X is there twice"
                        .formatted(object.persistentHandle()));
            }
            tpm.objects().makePersistent(object.persistentHandle(), object);
        }
    }

    private void commandLists(PersistentData data) {
        put(
                tpm.physicalPresence()::readPermanent,
                out -> out.list(data.physicalPresence(), (code, to) -> to.u32(code)));
        put(tpm.commandAudit()::readPermanent, out -> {
            out.u16(data.auditHash());
            out.u64(data.auditCounter());
            out.list(data.audited(), (code, to) -> to.u32(code));
        });
    }

    /** The state of the TPM while it ran; the permanent state is there. */
    void running(PersistentAll all, VolatileState running) {
        put(tpm.startup()::readVolatile, out -> {
            out.u8((running.started() ? 1 : 0)
                    | (running.hcrtm() ? 2 : 0)
                    | (running.established() ? 4 : 0)
                    | (running.wasOrderly() ? 8 : 0));
            out.u8(running.startupLocality());
            out.u8(0);
        });
        hierarchies(running.reset(), running.clear(), running.platformEnabled());
        clock(running.time(), running.orderly(), running.reset(), all.data(), rate(running.rateAdjustment()));
        put(tpm.dictionaryAttack()::readVolatile, out -> {
            out.u8(all.data().lockoutAuthEnabled() ? 1 : 0);
            timers(running.orderly(), out);
        });
        pcrs(running.reset().pcrCounter(), all.data().allocation(), running.pcrs());
        put(
                tpm.commandAudit()::readVolatile,
                out -> running.reset().commandAuditDigest().write(out));
        put(tpm.objects()::readContextNumber, out -> out.u64(running.reset().objectContextId()));
        List<Optional<TpmObject>> objects = running.objects();
        put(tpm.objects()::readVolatile, out -> {
            for (int slot = 0; slot < ObjectTable.SLOTS; slot++) {
                Optional<TpmObject> object = slot < objects.size() ? objects.get(slot) : Optional.empty();
                object.ifPresent(present -> check(present, "a transient object"));
                out.u8(object.isPresent() ? 1 : 0);
                object.ifPresent(present -> present.write(out));
            }
        });
    }

    private void saved(PersistentAll all, PersistentAll.Saved saved) {
        put(tpm.startup()::readVolatile, out -> {
            out.u8(1 | (all.data().startedByHcrtm() ? 2 : 0));
            out.u8(all.data().startupLocality());
            out.u8(0);
        });
        hierarchies(saved.reset(), saved.clear(), true);
        clock(all.orderly().time(), all.orderly(), saved.reset(), all.data(), 0);
        put(tpm.dictionaryAttack()::readVolatile, out -> {
            out.u8(all.data().lockoutAuthEnabled() ? 1 : 0);
            timers(all.orderly(), out);
        });
        pcrs(saved.reset().pcrCounter(), all.data().allocation(), saved.clear().savedPcrs());
        put(
                tpm.commandAudit()::readVolatile,
                out -> saved.reset().commandAuditDigest().write(out));
        put(tpm.objects()::readContextNumber, out -> out.u64(saved.reset().objectContextId()));
    }

    private void indices(PersistentAll all, Optional<VolatileState> running) {
        Map<Integer, OrderlyRam.Entry> ram =
                running.map(VolatileState::orderlyRam).orElse(all.orderlyRam());
        long maxCounter = Math.max(
                all.nvram().maxCounter(), running.map(VolatileState::maxCounter).orElse(0L));
        List<NvIndex> indices = all.nvram().indices(ram);
        put(tpm.nv()::readPermanent, out -> {
            out.u64(maxCounter);
            out.u32(indices.size());
            indices.forEach(index -> index.write(out));
        });
        if (tpm.nv().all().size() != indices.size()) {
            throw new MalformedStateException("it is damaged: an NV index is there twice");
        }
    }

    private void hierarchies(StateResetData reset, StateClearData clear, boolean platformEnabled) {
        put(tpm.hierarchies()::readVolatile, out -> {
            reset.nullSeed().write(out);
            reset.nullProof().write(out);
            clear.platformAuth().write(out);
            clear.platformPolicy().write(out);
            out.u8((clear.ownerEnabled() ? 1 : 0)
                    | (clear.endorsementEnabled() ? 2 : 0)
                    | (platformEnabled ? 4 : 0)
                    | (clear.platformNvEnabled() ? 8 : 0));
        });
    }

    private void clock(long time, OrderlyData orderly, StateResetData reset, PersistentData data, int rate) {
        put(tpm.clock()::readVolatile, out -> {
            out.u64(time);
            out.u64(orderly.clock());
            out.u8(orderly.clockSafe() ? 1 : 0);
            out.u32(data.timeEpoch());
            out.u32(reset.restartCount());
            out.u32(reset.clearCount());
            out.u32(rate);
        });
    }

    /** PCR values; those that {@code values} lacks, because TPM2_Startup sets them anew, as zeros. */
    private void pcrs(int counter, Map<Integer, Integer> allocation, Map<Integer, Tpm2b> values) {
        put(tpm.pcrs()::readVolatile, out -> {
            out.u32(counter);
            out.u8(0);
            for (TpmiAlgHash hash : tpm.pcrs().hashes()) {
                out.u32(allocation.getOrDefault(hash.value(), 0));
                Tpm2b bank = values.getOrDefault(hash.value(), Tpm2b.EMPTY);
                out.bytes(bank.paddedTo(PCRS * hash.digestSize()).bytes());
            }
        });
    }

    private void requireBanks(Map<Integer, Integer> allocation) {
        allocation.forEach((hash, pcrs) -> {
            TpmiAlgHash known = TpmiAlgHash.of(hash);
            if (pcrs != 0 && (known == null || !tpm.pcrs().hashes().contains(known))) {
                throw new MalformedStateException(
                        "it has a PCR bank that this TPM does not offer: hash algorithm 0x%04X".formatted(hash));
            }
        });
    }

    /** What came from outside must fit together: Name, key pair, hierarchy. */
    private void check(TpmObject object, String what) {
        if (!tpm.names().of(object.publicArea()).equals(object.name())) {
            throw new MalformedStateException("it is damaged: the Name of " + what + " is not that of its public area");
        }
        if (!object.external()) {
            requireHierarchy(object, what);
        }
        try {
            new KeyChecks(tpm, 1, 1).check(object.publicArea(), object.sensitive());
            if (object.type() == TpmAlgId.RSA && !object.publicOnly()) {
                object.key().rsaPrivateKey();
            }
        } catch (TpmException | IllegalArgumentException e) {
            throw new MalformedStateException("it is damaged: the secrets of " + what + " do not fit its public area");
        }
    }

    private static void requireHierarchy(TpmObject object, String what) {
        boolean known = object.hierarchy() == TpmRh.OWNER
                || object.hierarchy() == TpmRh.ENDORSEMENT
                || object.hierarchy() == TpmRh.PLATFORM
                || object.hierarchy() == TpmRh.NULL;
        if (!known) {
            throw new MalformedStateException(
                    what + " belongs to a hierarchy that this TPM does not have: 0x%08X".formatted(object.hierarchy()));
        }
    }

    private static ShutdownKind shutdown(PersistentData data) {
        return data.orderly() ? ShutdownKind.CLEAR : ShutdownKind.NONE;
    }

    private static void timers(OrderlyData orderly, TpmWriter out) {
        out.u64(orderly.sinceHealing());
        out.u64(orderly.sinceLockout());
    }

    /** libtpms divides by its rate, this TPM multiplies. */
    private static int rate(int adjustment) {
        return adjustment <= 0 ? 0 : (int) Math.round((NOMINAL_RATE / (double) adjustment - 1) * RATE_UNIT);
    }

    private void put(Consumer<TpmReader> part, Consumer<TpmWriter> content) {
        TpmWriter out = new TpmWriter(4096);
        content.accept(out);
        part.accept(new TpmReader(out.toByteArray(), tpm.profile()));
        out.wipe();
    }
}
