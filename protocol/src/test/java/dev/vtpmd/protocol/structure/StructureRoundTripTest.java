package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.RoundTrip;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;

/** Round trips, truncations and one-byte changes of every structure of the package. */
@Domain(StructureSamples.class)
@PropertyDefaults(tries = 30)
final class StructureRoundTripTest {
    @Property
    void tpmtHa(@ForAll TpmtHa value) {
        RoundTrip.check(value, TpmtHa::readOrNull, TpmtHa::write);
    }

    @Property
    void tpmlDigest(@ForAll TpmlDigest value) {
        RoundTrip.check(value, TpmlDigest::read, TpmlDigest::write);
    }

    @Property
    void tpmlDigestValues(@ForAll TpmlDigestValues value) {
        RoundTrip.check(value, TpmlDigestValues::read, TpmlDigestValues::write);
    }

    @Property
    void tpmlPcrSelection(@ForAll TpmlPcrSelection value) {
        RoundTrip.check(value, TpmlPcrSelection::read, TpmlPcrSelection::write);
    }

    @Property
    void tpmtTkCreation(@ForAll TpmtTkCreation value) {
        RoundTrip.check(value, TpmtTkCreation::read, TpmtTkCreation::write);
    }

    @Property
    void tpmtTkVerified(@ForAll TpmtTkVerified value) {
        RoundTrip.check(value, TpmtTkVerified::read, TpmtTkVerified::write);
    }

    @Property
    void tpmtTkHashcheck(@ForAll TpmtTkHashcheck value) {
        RoundTrip.check(value, TpmtTkHashcheck::read, TpmtTkHashcheck::write);
    }

    @Property
    void tpmtTkAuth(@ForAll TpmtTkAuth value) {
        RoundTrip.check(value, TpmtTkAuth::read, TpmtTkAuth::write);
    }

    @Property
    void tpmlAlg(@ForAll TpmlAlg value) {
        RoundTrip.check(value, TpmlAlg::read, TpmlAlg::write);
    }

    @Property
    void tpmsCapabilityData(@ForAll TpmsCapabilityData value) {
        RoundTrip.check(value, TpmsCapabilityData::read, TpmsCapabilityData::write);
    }

    @Property
    void tpmsTimeInfo(@ForAll TpmsTimeInfo value) {
        RoundTrip.check(value, TpmsTimeInfo::read, TpmsTimeInfo::write);
    }

    @Property
    void tpmsAttest(@ForAll TpmsAttest value) {
        RoundTrip.check(value, TpmsAttest::read, TpmsAttest::write);
    }

    @Property
    void tpmsAuthCommand(@ForAll TpmsAuthCommand value) {
        RoundTrip.check(value, TpmsAuthCommand::read, TpmsAuthCommand::write);
    }

    @Property
    void tpmsAuthResponse(@ForAll TpmsAuthResponse value) {
        RoundTrip.check(value, TpmsAuthResponse::read, TpmsAuthResponse::write);
    }
}
