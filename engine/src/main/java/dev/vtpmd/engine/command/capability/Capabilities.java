package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.protocol.attribute.TpmaAlgorithm;
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
import dev.vtpmd.protocol.structure.TpmsAlgProperty;
import dev.vtpmd.protocol.structure.TpmsCapabilityData;
import dev.vtpmd.protocol.structure.TpmsPcrSelection;
import dev.vtpmd.protocol.structure.TpmsTaggedPcrSelect;
import dev.vtpmd.protocol.structure.TpmsTaggedPolicy;
import dev.vtpmd.protocol.structure.TpmsTaggedProperty;
import dev.vtpmd.protocol.structure.TpmuCapabilities;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lists that TPM2_GetCapability reports a part of (Part 2, 6.12). */
final class Capabilities {
    /** Properties are reported in groups of this many; one answer never goes beyond its group. */
    private static final int PROPERTY_GROUP = 0x100;

    private static final int LIST_OVERHEAD = 8;
    private static final int[] PERMANENT_HANDLES = {
        TpmRh.OWNER, TpmRh.NULL, TpmRh.PASSWORD, TpmRh.LOCKOUT, TpmRh.ENDORSEMENT, TpmRh.PLATFORM, TpmRh.PLATFORM_NV
    };
    private static final int[] POLICY_HANDLES = {TpmRh.OWNER, TpmRh.LOCKOUT, TpmRh.ENDORSEMENT, TpmRh.PLATFORM};

    private final TpmState tpm;
    private final CommandTable table;

    Capabilities(TpmState tpm, CommandTable table) {
        this.tpm = tpm;
        this.table = table;
    }

    /** A part of a list, and whether the list goes on after it. */
    record Page(TpmsCapabilityData data, boolean moreData) {}

    /**
     * The entries from {@code property} on, at most {@code count} and as many as fit into a response.
     *
     * @throws TpmException TPM_RC_VALUE of parameter 1 or 2, or TPM_RC_HANDLE of parameter 2
     */
    Page page(TpmCap capability, int property, int count) {
        return switch (capability) {
            case ALGS ->
                page(capability, algorithms(), property, count, 6, p -> p.alg().value(), TpmlAlgProperty::new);
            case HANDLES -> page(capability, handles(property), firstOf(property), count, 4, h -> h, TpmlHandle::new);
            case COMMANDS ->
                page(
                        capability,
                        table.rows().stream().map(CommandRow::commandAttributes).toList(),
                        property,
                        count,
                        4,
                        attributes -> attributes.commandIndex(),
                        TpmlCca::new);
            case PP_COMMANDS ->
                page(capability, tpm.physicalPresence().codes(), property, count, 4, c -> c, TpmlCc::new);
            case AUDIT_COMMANDS ->
                page(capability, tpm.commandAudit().codes(), property, count, 4, c -> c, TpmlCc::new);
            case PCRS -> banks(property);
            case TPM_PROPERTIES -> properties(Math.max(property, TpmPt.FAMILY_INDICATOR.value()), count);
            case PCR_PROPERTIES ->
                page(
                        capability,
                        pcrProperties(),
                        property,
                        count,
                        8,
                        p -> p.tag().value(),
                        TpmlTaggedPcrProperty::new);
            case ECC_CURVES -> page(capability, curves(), property, count, 2, TpmEccCurve::value, TpmlEccCurve::new);
            case AUTH_POLICIES -> policies(property, count);
            case ACT -> countdownTimers(property);
            case VENDOR_PROPERTY -> throw TpmException.parameter(1, TpmRc.VALUE);
        };
    }

    private <T> Page page(
            TpmCap capability,
            Collection<T> all,
            int property,
            int count,
            int entrySize,
            ToIntFunction<T> key,
            Function<List<T>, TpmuCapabilities> list) {
        List<T> from = all.stream()
                .filter(entry -> Integer.compareUnsigned(key.applyAsInt(entry), property) >= 0)
                .toList();
        int room = (TpmProperties.MAX_CAP_BUFFER - LIST_OVERHEAD) / entrySize;
        int limit = Integer.compareUnsigned(count, room) < 0 ? count : room;
        List<T> part = from.subList(0, Math.min(limit, from.size()));
        return new Page(new TpmsCapabilityData(capability, list.apply(part)), part.size() < from.size());
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
            throw TpmException.parameter(2, TpmRc.HANDLE);
        }
        return switch (type) {
            case PCR -> IntStream.range(0, PcrAttributes.COUNT).boxed().toList();
            case NV_INDEX -> tpm.nv().handles();
            case HMAC_SESSION -> byNumber(tpm.sessions().loadedHandles(), property);
            case POLICY_SESSION -> byNumber(tpm.sessions().savedHandles(), property);
            case PERMANENT -> Arrays.stream(PERMANENT_HANDLES).boxed().toList();
            case TRANSIENT -> tpm.objects().transientHandles();
            case PERSISTENT -> tpm.objects().persistentHandles();
            default -> throw TpmException.parameter(2, TpmRc.HANDLE);
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
        boolean sessions = TpmHt.HMAC_SESSION.holds(property) || TpmHt.POLICY_SESSION.holds(property);
        return sessions ? 0 : property;
    }

    private Page banks(int property) {
        if (property != 0) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        List<TpmsPcrSelection> banks = tpm.pcrs().hashes().stream()
                .map(hash -> new TpmsPcrSelection(hash, tpm.pcrs().allocation(hash)))
                .toList();
        return new Page(new TpmsCapabilityData(TpmCap.PCRS, new TpmlPcrSelection(banks)), false);
    }

    private Page properties(int property, int count) {
        TpmProperties values = new TpmProperties(tpm, table);
        int group = property & -PROPERTY_GROUP;
        List<TpmsTaggedProperty> inGroup = Stream.of(TpmPt.values())
                .filter(entry -> (entry.value() & -PROPERTY_GROUP) == group)
                .map(entry -> new TpmsTaggedProperty(entry, values.value(entry)))
                .toList();
        return page(
                TpmCap.TPM_PROPERTIES,
                inGroup,
                property,
                count,
                8,
                entry -> entry.property().value(),
                TpmlTaggedTpmProperty::new);
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

    /** There is no authenticated countdown timer, but there are handles for some. */
    private static Page countdownTimers(int property) {
        if (property < TpmRh.ACT_0 || property > TpmRh.ACT_F) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        return new Page(new TpmsCapabilityData(TpmCap.ACT, new TpmlActData(List.of())), false);
    }

    private Page policies(int property, int count) {
        if (!TpmHt.PERMANENT.holds(property)) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        List<TpmsTaggedPolicy> policies = Arrays.stream(POLICY_HANDLES)
                .mapToObj(
                        handle -> new TpmsTaggedPolicy(handle, tpm.hierarchies().policy(handle)))
                .toList();
        int entrySize = 6 + TpmiAlgHash.SHA512.digestSize();
        return page(
                TpmCap.AUTH_POLICIES,
                policies,
                property,
                count,
                entrySize,
                TpmsTaggedPolicy::handle,
                TpmlTaggedPolicy::new);
    }
}
