package dev.vtpmd.protocol.creation;

import dev.vtpmd.protocol.attribute.TpmaLocality;
import dev.vtpmd.protocol.structure.StructureSamples;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashesOrNull;

/** Arbitrary creation data. */
public final class CreationSamples extends DomainContextBase {
    @Provide
    public Arbitrary<TpmsCreationData> creationData() {
        return Combinators.combine(
                        new StructureSamples().pcrSelections(),
                        buffers(Tpm2bType.DIGEST),
                        Arbitraries.integers().between(0, 0xFF).map(TpmaLocality::new),
                        hashesOrNull(),
                        buffers(Tpm2bType.NAME),
                        buffers(Tpm2bType.NAME),
                        buffers(Tpm2bType.DATA))
                .as(TpmsCreationData::new);
    }
}
