package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashes;
import static dev.vtpmd.protocol.wire.Samples.u32;

/** Arbitrary structures of NV indices. */
public final class NvSamples extends DomainContextBase {
    @Provide
    public Arbitrary<TpmsNvPublic> nvPublics() {
        return Combinators.combine(
                        Arbitraries.integers().between(0x01000000, 0x01FFFFFF),
                        hashes(),
                        Arbitraries.integers().map(bits -> new TpmaNv(bits & ~0x01F00300)),
                        buffers(Tpm2bType.DIGEST),
                        Arbitraries.integers().between(0, TpmsNvPublic.MAX_DATA_SIZE))
                .as(TpmsNvPublic::new);
    }

    @Provide
    public Arbitrary<TpmtNvPublic2> nvPublics2() {
        return nvPublics().map(TpmtNvPublic2::new);
    }

    @Provide
    public Arbitrary<TpmsNvPinCounterParameters> pinCounters() {
        return Combinators.combine(u32(), u32()).as(TpmsNvPinCounterParameters::new);
    }
}
