package dev.vtpmd.daemon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.state.StateSummary;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.disk.Inspection;
import dev.vtpmd.store.record.RecordFile;
import dev.vtpmd.store.record.RecordKind;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code vtpmd inspect} tells of one file. What does not apply, or cannot be read, is left out, and null here.
 *
 * @param problem why something of it cannot be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InspectDocument(String file, Header header, Instance instance, Tpm tpm, String problem) {
    /**
     * Can be read without a key.
     *
     * @param deleted whether the record says that there is nothing of its kind
     * @param keyId which key seals it
     * @param contentSize in bytes
     * @param fileSize in bytes
     */
    record Header(
            int formatVersion,
            String kind,
            boolean deleted,
            String instance,
            long generation,
            String keyId,
            int contentSize,
            int fileSize) {
        static Header of(RecordFile record) {
            return new Header(
                    record.formatVersion(),
                    record.kind().title(),
                    record.deleted(),
                    record.instance().toString(),
                    record.generation(),
                    record.keyId(),
                    record.contentSize(),
                    record.fileSize());
        }
    }

    /** Metadata. */
    record Instance(String name, String created, Map<String, String> settings) {
        static Instance of(InstanceInfo info) {
            return new Instance(info.name(), info.created().toString(), info.settings());
        }
    }

    /** A permanent state. Times are in seconds, the clock in milliseconds; handles and masks in hexadecimal. */
    record Tpm(
            String profile,
            String lastShutdown,
            long clock,
            boolean clockSafe,
            long totalResetCount,
            long resetCount,
            Lockout dictionaryAttack,
            boolean clearDisabled,
            List<String> authorizationSet,
            List<String> policySet,
            Map<String, String> pcrBanks,
            List<NvIndex> nvIndices,
            List<Persistent> persistentObjects) {
        static Tpm of(StateSummary state) {
            return new Tpm(
                    state.profile(),
                    state.shutdown().name().toLowerCase(Locale.ROOT),
                    state.clock(),
                    state.clockSafe(),
                    state.totalResetCount(),
                    Integer.toUnsignedLong(state.resetCount()),
                    new Lockout(
                            Integer.toUnsignedLong(state.failedTries()),
                            Integer.toUnsignedLong(state.maxTries()),
                            Integer.toUnsignedLong(state.recoveryTime()),
                            Integer.toUnsignedLong(state.lockoutRecovery())),
                    state.clearDisabled(),
                    state.authorized(),
                    state.policies(),
                    banks(state.allocation()),
                    state.indices().stream().map(NvIndex::of).toList(),
                    state.objects().stream().map(Persistent::of).toList());
        }

        private static Map<String, String> banks(Map<TpmiAlgHash, Integer> allocation) {
            Map<String, String> banks = new TreeMap<>();
            allocation.forEach((hash, pcrs) -> banks.put(hash.name(), "0x%06X".formatted(pcrs)));
            return banks;
        }
    }

    /** Dictionary attack protection. */
    record Lockout(long failedTries, long maxTries, long recoveryTime, long lockoutRecovery) {}

    /** An NV index, without its data. */
    record NvIndex(String handle, String type, String nameAlg, String attributes, int size, boolean written) {
        static NvIndex of(StateSummary.Index index) {
            return new NvIndex(
                    hex(index.handle()),
                    index.type().name().toLowerCase(Locale.ROOT),
                    index.nameAlg().name(),
                    hex(index.attributes()),
                    index.size(),
                    index.written());
        }
    }

    /** A persistent object. */
    record Persistent(String handle, String type, String hierarchy, String name) {
        static Persistent of(StateSummary.Persistent object) {
            return new Persistent(
                    hex(object.handle()),
                    object.type(),
                    object.hierarchy(),
                    HexFormat.of().formatHex(object.name().bytes()));
        }
    }

    /** What {@code inspection} has found; its state is overwritten. */
    static InspectDocument of(Inspection inspection) {
        Tpm tpm = null;
        Optional<String> problem = inspection.problem();
        if (inspection.state().isPresent()) {
            byte[] state = inspection.state().get();
            boolean permanent = inspection.record().orElseThrow().kind() == RecordKind.PERMANENT;
            try {
                tpm = permanent ? Tpm.of(StateSummary.of(state)) : null;
            } catch (DamagedStateException e) {
                problem = Optional.of(e.getMessage());
            } finally {
                Arrays.fill(state, (byte) 0);
            }
        }
        return new InspectDocument(
                inspection.file().toString(),
                inspection.record().map(Header::of).orElse(null),
                inspection.info().map(Instance::of).orElse(null),
                tpm,
                problem.orElse(null));
    }

    private static String hex(int value) {
        return "0x%08X".formatted(value);
    }
}
