package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.wire.RoundTrip;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;

/** Round trips, truncations and one-byte changes of every structure of the package. */
@Domain(NvSamples.class)
@PropertyDefaults(tries = 30)
final class NvRoundTripTest {
    @Property
    void tpmsNvPublic(@ForAll TpmsNvPublic value) {
        RoundTrip.check(value, TpmsNvPublic::read, TpmsNvPublic::write);
    }

    @Property
    void tpmtNvPublic2(@ForAll TpmtNvPublic2 value) {
        RoundTrip.check(value, TpmtNvPublic2::read, TpmtNvPublic2::write);
    }

    @Property
    void tpmsNvPinCounterParameters(@ForAll TpmsNvPinCounterParameters value) {
        RoundTrip.check(value, TpmsNvPinCounterParameters::read, TpmsNvPinCounterParameters::write);
    }
}
