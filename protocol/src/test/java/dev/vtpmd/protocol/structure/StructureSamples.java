package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaAct;
import dev.vtpmd.protocol.attribute.TpmaCc;
import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.constant.TpmPtPcr;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashes;
import static dev.vtpmd.protocol.wire.Samples.hashesOrNull;
import static dev.vtpmd.protocol.wire.Samples.lists;
import static dev.vtpmd.protocol.wire.Samples.u16;
import static dev.vtpmd.protocol.wire.Samples.u32;
import static dev.vtpmd.protocol.wire.Samples.u64;

/** Arbitrary digests, PCR selections, tickets, capability data and attestations. */
public final class StructureSamples extends DomainContextBase {
    @Provide
    public Arbitrary<TpmtHa> digests() {
        return hashesOrNull()
                .flatMap(hash -> Arbitraries.bytes()
                        .array(byte[].class)
                        .ofSize(hash.digestSize())
                        .map(bytes -> new TpmtHa(hash, Tpm2b.copyOf(bytes))));
    }

    @Provide
    public Arbitrary<TpmlDigest> digestLists() {
        return lists(buffers(Tpm2bType.DIGEST), TpmlDigest.MAX).map(TpmlDigest::new);
    }

    @Provide
    public Arbitrary<TpmlDigestValues> digestValues() {
        return lists(digests().filter(digest -> !digest.equals(TpmtHa.NULL)), 4).map(TpmlDigestValues::new);
    }

    @Provide
    public Arbitrary<TpmlPcrSelection> pcrSelections() {
        Arbitrary<TpmsPcrSelection> selection =
                Combinators.combine(hashes(), pcrs()).as(TpmsPcrSelection::new);
        return lists(selection, 4).map(TpmlPcrSelection::new);
    }

    @Provide
    public Arbitrary<TpmtTkCreation> creationTickets() {
        return Combinators.combine(hierarchies(), digestBuffers()).as(TpmtTkCreation::new);
    }

    @Provide
    public Arbitrary<TpmtTkVerified> verificationTickets() {
        return Combinators.combine(hierarchies(), digestBuffers()).as(TpmtTkVerified::new);
    }

    @Provide
    public Arbitrary<TpmtTkHashcheck> hashTickets() {
        return Combinators.combine(hierarchies(), digestBuffers()).as(TpmtTkHashcheck::new);
    }

    @Provide
    public Arbitrary<TpmtTkAuth> authorizationTickets() {
        return Combinators.combine(Arbitraries.of(TpmSt.AUTH_SECRET, TpmSt.AUTH_SIGNED), hierarchies(), digestBuffers())
                .as(TpmtTkAuth::new);
    }

    @Provide
    public Arbitrary<TpmlAlg> algorithmLists() {
        Arbitrary<TpmAlgId> algorithm = Arbitraries.of(TpmAlgId.class).filter(alg -> alg != TpmAlgId.NULL);
        return lists(algorithm, TpmlAlg.MAX).map(TpmlAlg::new);
    }

    @Provide
    public Arbitrary<TpmsCapabilityData> capabilityData() {
        return Arbitraries.oneOf(
                capability(
                        TpmCap.ALGS,
                        lists(Arbitraries.of(TpmAlgId.class).map(TpmsAlgProperty::of), 5)
                                .map(TpmlAlgProperty::new)),
                capability(TpmCap.HANDLES, lists(u32(), 5).map(TpmlHandle::new)),
                capability(TpmCap.COMMANDS, lists(u32().map(TpmaCc::new), 5).map(TpmlCca::new)),
                capability(TpmCap.PP_COMMANDS, lists(u32(), 5).map(TpmlCc::new)),
                capability(TpmCap.AUDIT_COMMANDS, lists(u32(), 5).map(TpmlCc::new)),
                capability(TpmCap.PCRS, pcrSelections()),
                capability(
                        TpmCap.TPM_PROPERTIES,
                        lists(
                                        Combinators.combine(Arbitraries.of(TpmPt.class), u32())
                                                .as(TpmsTaggedProperty::new),
                                        5)
                                .map(TpmlTaggedTpmProperty::new)),
                capability(
                        TpmCap.PCR_PROPERTIES,
                        lists(
                                        Combinators.combine(Arbitraries.of(TpmPtPcr.class), pcrs())
                                                .as(TpmsTaggedPcrSelect::new),
                                        5)
                                .map(TpmlTaggedPcrProperty::new)),
                capability(
                        TpmCap.ECC_CURVES,
                        lists(Arbitraries.of(TpmEccCurve.class), 5).map(TpmlEccCurve::new)),
                capability(
                        TpmCap.AUTH_POLICIES,
                        lists(Combinators.combine(u32(), digests()).as(TpmsTaggedPolicy::new), 5)
                                .map(TpmlTaggedPolicy::new)),
                capability(TpmCap.ACT, lists(actData(), 5).map(TpmlActData::new)));
    }

    @Provide
    public Arbitrary<TpmsTimeInfo> times() {
        return Combinators.combine(u64(), clocks()).as(TpmsTimeInfo::new);
    }

    @Provide
    public Arbitrary<TpmsAttest> attestations() {
        return Combinators.combine(buffers(Tpm2bType.NAME), buffers(Tpm2bType.DATA), clocks(), u64(), attested())
                .as(TpmsAttest::new);
    }

    @Provide
    public Arbitrary<TpmsAuthCommand> commandAuthorizations() {
        return Combinators.combine(
                        Arbitraries.of(TpmRh.PASSWORD, 0x02000000, 0x0200003F, 0x03000000, 0x0300003F),
                        buffers(Tpm2bType.NONCE),
                        sessionAttributes(),
                        buffers(Tpm2bType.AUTH))
                .as(TpmsAuthCommand::new);
    }

    @Provide
    public Arbitrary<TpmsAuthResponse> responseAuthorizations() {
        return Combinators.combine(buffers(Tpm2bType.NONCE), sessionAttributes(), buffers(Tpm2bType.AUTH))
                .as(TpmsAuthResponse::new);
    }

    private Arbitrary<TpmuAttest> attested() {
        Arbitrary<Tpm2b> names = buffers(Tpm2bType.NAME);
        return Arbitraries.oneOf(
                Combinators.combine(times(), u64()).as(TpmsTimeAttestInfo::new),
                Combinators.combine(names, names).as(TpmsCertifyInfo::new),
                Combinators.combine(pcrSelections(), digestBuffers()).as(TpmsQuoteInfo::new),
                Combinators.combine(u64(), hashesOrNull(), digestBuffers(), digestBuffers())
                        .as(TpmsCommandAuditInfo::new),
                Combinators.combine(Arbitraries.of(true, false), digestBuffers())
                        .as(TpmsSessionAuditInfo::new),
                Combinators.combine(names, digestBuffers()).as(TpmsCreationInfo::new),
                Combinators.combine(names, u16(), buffers(Tpm2bType.MAX_NV_BUFFER))
                        .as(TpmsNvCertifyInfo::new),
                Combinators.combine(names, digestBuffers()).as(TpmsNvDigestCertifyInfo::new));
    }

    private static Arbitrary<TpmsCapabilityData> capability(
            TpmCap capability, Arbitrary<? extends TpmuCapabilities> data) {
        return data.map(list -> new TpmsCapabilityData(capability, list));
    }

    private static Arbitrary<TpmsClockInfo> clocks() {
        return Combinators.combine(u64(), u32(), u32(), Arbitraries.of(true, false))
                .as(TpmsClockInfo::new);
    }

    private static Arbitrary<TpmsActData> actData() {
        return Combinators.combine(
                        u32(), u32(), Arbitraries.integers().between(0, 3).map(TpmaAct::new))
                .as(TpmsActData::new);
    }

    private static Arbitrary<TpmaSession> sessionAttributes() {
        return Arbitraries.integers().between(0, 0xFF).map(bits -> new TpmaSession(bits & 0xE7));
    }

    private static Arbitrary<Integer> pcrs() {
        return Arbitraries.integers().between(0, 0xFFFFFF);
    }

    private static Arbitrary<Integer> hierarchies() {
        return Arbitraries.of(TpmRh.OWNER, TpmRh.ENDORSEMENT, TpmRh.PLATFORM, TpmRh.NULL);
    }

    private static Arbitrary<Tpm2b> digestBuffers() {
        return buffers(Tpm2bType.DIGEST);
    }
}
