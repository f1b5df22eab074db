package dev.vtpmd.protocol.context;

import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary saved contexts. */
public final class ContextSamples extends DomainContextBase {
    @Provide
    public Arbitrary<TpmsContext> contexts() {
        return Combinators.combine(
                        Samples.u64(),
                        Arbitraries.of(0x02000000, 0x0300003F, 0x80000000, 0x80000001, 0x80000002),
                        Arbitraries.of(TpmRh.OWNER, TpmRh.ENDORSEMENT, TpmRh.PLATFORM, TpmRh.NULL),
                        Samples.buffers(64))
                .as(TpmsContext::new);
    }
}
