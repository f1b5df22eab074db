package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.wire.RoundTrip;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;

/** Round trips, truncations and one-byte changes of every structure of the package. */
@Domain(AlgorithmSamples.class)
@PropertyDefaults(tries = 30)
final class AlgorithmRoundTripTest {
    @Property
    void tpmtSymDef(@ForAll TpmtSymDef value) {
        RoundTrip.check(value, TpmtSymDef::readOrNull, TpmtSymDef::write);
    }

    @Property
    void tpmtSymDefObject(@ForAll TpmtSymDefObject value) {
        RoundTrip.check(value, TpmtSymDefObject::readOrNull, TpmtSymDefObject::write);
    }

    @Property
    void tpmtAsymScheme(@ForAll TpmtAsymScheme value) {
        RoundTrip.check(
                value, in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_ASYM_SCHEME), TpmtAsymScheme::write);
    }

    @Property
    void tpmtKeyedhashScheme(@ForAll TpmtKeyedhashScheme value) {
        RoundTrip.check(value, TpmtKeyedhashScheme::readOrNull, TpmtKeyedhashScheme::write);
    }

    @Property
    void tpmtKdfScheme(@ForAll TpmtKdfScheme value) {
        RoundTrip.check(value, TpmtKdfScheme::readOrNull, TpmtKdfScheme::write);
    }

    @Property
    void tpmsEccPoint(@ForAll TpmsEccPoint value) {
        RoundTrip.check(value, TpmsEccPoint::read, TpmsEccPoint::write);
    }

    @Property
    void tpmtSignature(@ForAll TpmtSignature value) {
        RoundTrip.check(value, TpmtSignature::readOrNull, TpmtSignature::write);
    }

    @Property
    void tpmsAlgorithmDetailEcc(@ForAll TpmsAlgorithmDetailEcc value) {
        RoundTrip.check(value, TpmsAlgorithmDetailEcc::read, TpmsAlgorithmDetailEcc::write);
    }
}
