package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.wire.RoundTrip;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/** Round trips, truncations and one-byte changes of every structure of the package. */
@Domain(ObjectSamples.class)
@PropertyDefaults(tries = 30)
final class ObjectRoundTripTest {
    @Property
    void tpmtPublicParms(@ForAll TpmtPublicParms value) {
        RoundTrip.check(value, TpmtPublicParms::read, TpmtPublicParms::write);
    }

    @Property
    void tpmtPublic(@ForAll TpmtPublic value) {
        RoundTrip.check(value, TpmtPublic::readAllowingNullName, TpmtPublic::write);
    }

    @Property
    void tpmsDerive(@ForAll TpmsDerive value) {
        RoundTrip.check(value, TpmsDerive::read, TpmsDerive::write);
    }

    @Property
    void tpmtSensitive(@ForAll TpmtSensitive value) {
        RoundTrip.check(value, TpmtSensitive::read, TpmtSensitive::write);
    }

    @Property
    void tpmsSensitiveCreate(@ForAll TpmsSensitiveCreate value) {
        RoundTrip.check(value, TpmsSensitiveCreate::read, TpmsSensitiveCreate::write);
    }

    @Property
    void tpmsIdObject(@ForAll TpmsIdObject value) {
        RoundTrip.check(value, TpmsIdObject::read, TpmsIdObject::write);
    }

    @Property
    void derivationTemplate(@ForAll("derivationTemplates") TpmtPublic value) {
        RoundTrip.check(value, TpmtPublic::readDerivationTemplate, TpmtPublic::write);
    }

    @Provide
    Arbitrary<TpmtPublic> derivationTemplates() {
        return new ObjectSamples().derivationTemplates();
    }
}
