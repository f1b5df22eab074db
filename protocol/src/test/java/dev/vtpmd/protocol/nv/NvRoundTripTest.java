package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.Tpm2bType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

import static dev.vtpmd.protocol.wire.Samples.buffers;
import static dev.vtpmd.protocol.wire.Samples.hashes;

/** Round trips, truncations and one-byte changes of every structure of the package. */
@PropertyDefaults(tries = 30)
final class NvRoundTripTest {
    @Property
    void tpmsNvPublic(@ForAll("nvPublics") TpmsNvPublic value) {
        RoundTrip.check(value, TpmsNvPublic::read, TpmsNvPublic::write);
    }

    @Property
    void tpmtNvPublic2(@ForAll("nvPublics") TpmsNvPublic value) {
        RoundTrip.check(new TpmtNvPublic2(value), TpmtNvPublic2::read, TpmtNvPublic2::write);
    }

    @Property
    void tpmsNvPinCounterParameters(@ForAll int pinCount, @ForAll int pinLimit) {
        RoundTrip.check(
                new TpmsNvPinCounterParameters(pinCount, pinLimit),
                TpmsNvPinCounterParameters::read,
                TpmsNvPinCounterParameters::write);
    }

    @Provide
    Arbitrary<TpmsNvPublic> nvPublics() {
        return Combinators.combine(
                        Arbitraries.integers().between(0x01000000, 0x01FFFFFF),
                        hashes(),
                        Arbitraries.integers().map(bits -> new TpmaNv(bits & ~0x01F00300)),
                        buffers(Tpm2bType.DIGEST),
                        Arbitraries.integers().between(0, TpmsNvPublic.MAX_DATA_SIZE))
                .as(TpmsNvPublic::new);
    }
}
