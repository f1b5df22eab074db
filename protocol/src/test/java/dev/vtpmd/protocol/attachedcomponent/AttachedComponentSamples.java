package dev.vtpmd.protocol.attachedcomponent;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import static dev.vtpmd.protocol.wire.Samples.lists;
import static dev.vtpmd.protocol.wire.Samples.u32;

/** Arbitrary structures of attached components. */
public final class AttachedComponentSamples extends DomainContextBase {
    @Provide
    public Arbitrary<TpmsAcOutput> outputs() {
        Arbitrary<Integer> defined = Arbitraries.of(TpmAt.ANY, TpmAt.ERROR, TpmAt.PV1);
        Arbitrary<Integer> vendors = Arbitraries.integers().lessOrEqual(-1);
        return Combinators.combine(Arbitraries.oneOf(defined, vendors), u32()).as(TpmsAcOutput::new);
    }

    @Provide
    public Arbitrary<TpmlAcCapabilities> capabilities() {
        return lists(outputs(), 5).map(TpmlAcCapabilities::new);
    }
}
