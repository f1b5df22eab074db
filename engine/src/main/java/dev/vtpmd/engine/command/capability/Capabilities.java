package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.protocol.attribute.TpmaAlgorithm;
import dev.vtpmd.protocol.attribute.TpmaCc;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.constant.TpmPtPcr;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlActData;
import dev.vtpmd.protocol.structure.TpmlAlgProperty;
import dev.vtpmd.protocol.structure.TpmlCc;
import dev.vtpmd.protocol.structure.TpmlCca;
import dev.vtpmd.protocol.structure.TpmlEccCurve;
import dev.vtpmd.protocol.structure.TpmlHandle;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmlTaggedPcrProperty;
import dev.vtpmd.protocol.structure.TpmlTaggedPolicy;
import dev.vtpmd.protocol.structure.TpmlTaggedTpmProperty;
import dev.vtpmd.protocol.structure.TpmsActData;
import dev.vtpmd.protocol.structure.TpmsAlgProperty;
import dev.vtpmd.protocol.structure.TpmsCapabilityData;
import dev.vtpmd.protocol.structure.TpmsPcrSelection;
import dev.vtpmd.protocol.structure.TpmsTaggedPcrSelect;
import dev.vtpmd.protocol.structure.TpmsTaggedPolicy;
import dev.vtpmd.protocol.structure.TpmsTaggedProperty;
import dev.vtpmd.protocol.structure.TpmuCapabilities;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lists that TPM2_GetCapability reports a part of (Part 2, 6.12), and TPM2_PolicyCapability an entry. */
public final class Capabilities {
    /** Properties are reported in groups of this many; one answer never goes beyond its group. */
    private static final int PROPERTY_GROUP = 0x100;

    private static final int LIST_OVERHEAD = 8;
    private static final List<Integer> PERMANENT_HANDLES = List.of(
            TpmRh.OWNER,
            TpmRh.NULL,
            TpmRh.PASSWORD,
            TpmRh.LOCKOUT,
            TpmRh.ENDORSEMENT,
            TpmRh.PLATFORM,
            TpmRh.PLATFORM_NV);
    private static final List<Integer> POLICY_HANDLES =
            List.of(TpmRh.OWNER, TpmRh.LOCKOUT, TpmRh.ENDORSEMENT, TpmRh.PLATFORM);

    private final TpmState tpm;
    private final CommandTable table;
    private final int capabilityParameter;
    private final int propertyParameter;

    /**
     * The capabilities of {@code tpm}, whose commands are those of {@code table}.
     *
     * @param capabilityParameter number of the command's parameter that says which list, for response codes
     * @param propertyParameter number of the parameter that says which entry
     */
    public Capabilities(TpmState tpm, CommandTable table, int capabilityParameter, int propertyParameter) {
        this.tpm = tpm;
        this.table = table;
        this.capabilityParameter = capabilityParameter;
        this.propertyParameter = propertyParameter;
    }

    /** A part of a list, and whether the list goes on after it. */
    record Page(TpmsCapabilityData data, boolean moreData) {}

    /**
     * The entries from {@code property} on, at most {@code count} and as many as fit into a response.
     *
     * @throws TpmException TPM_RC_VALUE of one parameter or the other, or TPM_RC_HANDLE of the second
     */
    Page page(TpmCap capability, int property, int count) {
        return switch (capability) {
            case PCRS -> banks(property);
            case HANDLES -> listing(capability, property).page(capability, firstOf(property), count);
            case TPM_PROPERTIES -> {
                int least = TpmPt.FAMILY_INDICATOR.value();
                int first = Integer.compareUnsigned(property, least) < 0 ? least : property;
                yield listing(capability, first).page(capability, first, count);
            }
            default -> listing(capability, property).page(capability, property, count);
        };
    }

    /**
     * The entry that {@code property} stands for, encoded; nothing if the TPM does not have it.
     *
     * @throws TpmException TPM_RC_VALUE of one parameter or the other, or TPM_RC_HANDLE of the second
     */
    public Optional<byte[]> entry(TpmCap capability, int property) {
        return switch (capability) {
            // They are reported as a whole.
            case PCRS -> throw TpmException.parameter(capabilityParameter, TpmRc.VALUE);
            case HANDLES -> handleEntry(property);
            default -> listing(capability, property).entry(property);
        };
    }

    private Listing<?> listing(TpmCap capability, int property) {
        return switch (capability) {
            case ALGS -> new Listing<>(algorithms(), 6, entry -> entry.alg().value(), TpmlAlgProperty::new);
            case HANDLES -> new Listing<>(handles(property), 4, handle -> handle, TpmlHandle::new);
            case COMMANDS -> new Listing<>(commands(), 4, TpmaCc::commandIndex, TpmlCca::new);
            case PP_COMMANDS -> new Listing<>(tpm.physicalPresence().codes(), 4, code -> code, TpmlCc::new);
            case AUDIT_COMMANDS -> new Listing<>(tpm.commandAudit().codes(), 4, code -> code, TpmlCc::new);
            case TPM_PROPERTIES ->
                new Listing<>(properties(property), 8, entry -> entry.property().value(), TpmlTaggedTpmProperty::new);
            case PCR_PROPERTIES ->
                new Listing<>(pcrProperties(), 8, entry -> entry.tag().value(), TpmlTaggedPcrProperty::new);
            case ECC_CURVES -> new Listing<>(curves(), 2, TpmEccCurve::value, TpmlEccCurve::new);
            case AUTH_POLICIES ->
                new Listing<>(
                        policies(property),
                        6 + TpmiAlgHash.SHA512.digestSize(),
                        TpmsTaggedPolicy::handle,
                        TpmlTaggedPolicy::new);
            case ACT -> new Listing<>(countdownTimers(property), 12, TpmsActData::handle, TpmlActData::new);
            case PCRS, VENDOR_PROPERTY -> throw TpmException.parameter(capabilityParameter, TpmRc.VALUE);
        };
    }

    /**
     * A list by ascending keys.
     *
     * @param entrySize size of the largest entry in bytes
     * @param key what a property is compared with
     * @param list the structure for some of the entries
     */
    private record Listing<T>(
            List<T> entries, int entrySize, ToIntFunction<T> key, Function<List<T>, TpmuCapabilities> list) {
        Page page(TpmCap capability, int property, int count) {
            List<T> from = entries.stream()
                    .filter(entry -> Integer.compareUnsigned(key.applyAsInt(entry), property) >= 0)
                    .toList();
            int room = (TpmProperties.MAX_CAP_BUFFER - LIST_OVERHEAD) / entrySize;
            int limit = Integer.compareUnsigned(count, room) < 0 ? count : room;
            List<T> part = from.subList(0, Math.min(limit, from.size()));
            return new Page(new TpmsCapabilityData(capability, list.apply(part)), part.size() < from.size());
        }

        Optional<byte[]> entry(int property) {
            return entries.stream()
                    .filter(entry -> key.applyAsInt(entry) == property)
                    .map(entry -> TpmWriter.toByteArray(list.apply(List.of(entry))::write))
                    .map(counted -> Arrays.copyOfRange(counted, Integer.BYTES, counted.length))
                    .findFirst();
        }
    }

    private Optional<byte[]> handleEntry(int property) {
        boolean sessions = isSession(property);
        boolean exists = handles(property).stream()
                .anyMatch(handle -> sessions ? TpmHt.number(handle) == TpmHt.number(property) : handle == property);
        return exists ? Optional.of(TpmWriter.toByteArray(out -> out.u32(property))) : Optional.empty();
    }

    private List<TpmaCc> commands() {
        return table.rows().stream().map(CommandRow::commandAttributes).toList();
    }

    private List<TpmsAlgProperty> algorithms() {
        return Stream.of(TpmAlgId.values())
                .filter(algorithm -> tpm.profile().offers(algorithm))
                .map(algorithm -> new TpmsAlgProperty(algorithm, new TpmaAlgorithm(algorithm.attributes())))
                .toList();
    }

    private List<TpmEccCurve> curves() {
        return Stream.of(TpmEccCurve.values())
                .filter(tpm.profile().curves()::contains)
                .toList();
    }

    private List<Integer> handles(int property) {
        TpmHt type = TpmHt.of(property);
        if (type == null) {
            throw TpmException.parameter(propertyParameter, TpmRc.HANDLE);
        }
        return switch (type) {
            case PCR -> IntStream.range(0, PcrAttributes.COUNT).boxed().toList();
            case NV_INDEX -> tpm.nv().handles();
            case HMAC_SESSION -> byNumber(tpm.sessions().loadedHandles(), property);
            case POLICY_SESSION -> byNumber(tpm.sessions().savedHandles(), property);
            case PERMANENT ->
                Stream.concat(PERMANENT_HANDLES.stream(), tpm.countdownTimers().handles().stream())
                        .toList();
            case TRANSIENT -> tpm.objects().transientHandles();
            case PERSISTENT -> tpm.objects().persistentHandles();
            default -> throw TpmException.parameter(propertyParameter, TpmRc.HANDLE);
        };
    }

    /** Sessions are listed by their number, whatever the type in their handle; {@code property} has that of the list. */
    private static List<Integer> byNumber(List<Integer> handles, int property) {
        return handles.stream()
                .filter(handle -> TpmHt.number(handle) >= TpmHt.number(property))
                .toList();
    }

    /** Lists of sessions have been cut to the number already, and contain handles of both types. */
    private static int firstOf(int property) {
        return isSession(property) ? 0 : property;
    }

    private static boolean isSession(int property) {
        return TpmHt.HMAC_SESSION.holds(property) || TpmHt.POLICY_SESSION.holds(property);
    }

    private Page banks(int property) {
        if (property != 0) {
            throw TpmException.parameter(propertyParameter, TpmRc.VALUE);
        }
        List<TpmsPcrSelection> banks = tpm.pcrs().hashes().stream()
                .map(hash -> new TpmsPcrSelection(hash, tpm.pcrs().allocation(hash)))
                .toList();
        return new Page(new TpmsCapabilityData(TpmCap.PCRS, new TpmlPcrSelection(banks)), false);
    }

    private List<TpmsTaggedProperty> properties(int property) {
        TpmProperties values = new TpmProperties(tpm, table);
        int group = property & -PROPERTY_GROUP;
        return Stream.of(TpmPt.values())
                .filter(entry -> (entry.value() & -PROPERTY_GROUP) == group)
                .map(entry -> new TpmsTaggedProperty(entry, values.value(entry)))
                .toList();
    }

    private List<TpmsTaggedPcrSelect> pcrProperties() {
        return Stream.of(TpmPtPcr.values())
                .map(tag -> new TpmsTaggedPcrSelect(tag, pcrsWith(tag)))
                .toList();
    }

    private static int pcrsWith(TpmPtPcr tag) {
        int pcrs = 0;
        for (int pcr = 0; pcr < PcrAttributes.COUNT; pcr++) {
            PcrAttributes attributes = PcrAttributes.of(pcr);
            boolean has = switch (tag) {
                case SAVE -> attributes.saved();
                case EXTEND_L0, EXTEND_L1, EXTEND_L2, EXTEND_L3, EXTEND_L4 ->
                    attributes.extendableFrom(localityOf(tag, TpmPtPcr.EXTEND_L0));
                case RESET_L0, RESET_L1, RESET_L2, RESET_L3 ->
                    attributes.resettableFrom(localityOf(tag, TpmPtPcr.RESET_L0));
                case RESET_L4, DRTM_RESET -> attributes.resetByDrtm();
                case NO_INCREMENT -> !attributes.counted();
                case POLICY, AUTH -> false;
            };
            pcrs |= has ? 1 << pcr : 0;
        }
        return pcrs;
    }

    private static int localityOf(TpmPtPcr tag, TpmPtPcr ofLocality0) {
        return (tag.value() - ofLocality0.value()) / 2;
    }

    private List<TpmsActData> countdownTimers(int property) {
        if (!CountdownTimers.inRange(property)) {
            throw TpmException.parameter(propertyParameter, TpmRc.VALUE);
        }
        return tpm.countdownTimers().data();
    }

    private List<TpmsTaggedPolicy> policies(int property) {
        if (!TpmHt.PERMANENT.holds(property)) {
            throw TpmException.parameter(propertyParameter, TpmRc.VALUE);
        }
        Stream<TpmsTaggedPolicy> hierarchies = POLICY_HANDLES.stream()
                .map(handle -> new TpmsTaggedPolicy(handle, tpm.hierarchies().policy(handle)));
        Stream<TpmsTaggedPolicy> timers = tpm.countdownTimers().handles().stream()
                .map(handle ->
                        new TpmsTaggedPolicy(handle, tpm.countdownTimers().policy(handle)));
        return Stream.concat(hierarchies, timers).toList();
    }
}
