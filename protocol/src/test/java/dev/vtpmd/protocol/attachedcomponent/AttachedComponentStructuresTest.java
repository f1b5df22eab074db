package dev.vtpmd.protocol.attachedcomponent;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** Structures of attached components: Part 2, tables of clause 16. */
@Domain(AttachedComponentSamples.class)
final class AttachedComponentStructuresTest {
    @Property(tries = 30)
    void tpmsAcOutput(@ForAll TpmsAcOutput value) {
        RoundTrip.check(value, TpmsAcOutput::read, TpmsAcOutput::write);
    }

    @Property(tries = 30)
    void tpmlAcCapabilities(@ForAll TpmlAcCapabilities value) {
        RoundTrip.check(value, TpmlAcCapabilities::read, TpmlAcCapabilities::write);
    }

    @Test
    void isWrittenAsTheTablesSay() {
        TpmlAcCapabilities list = new TpmlAcCapabilities(
                List.of(new TpmsAcOutput(TpmAt.PV1, 0x01234567), new TpmsAcOutput(TpmAt.VEND | 5, 9)));
        assertThat(TpmWriter.toByteArray(list::write))
                .isEqualTo(HexFormat.of().parseHex("00000002" + "0000000201234567" + "8000000500000009"));
    }

    @Test
    void aTagIsDefinedOrAVendors() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmAt.read(reader(0x00000003)));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmAt.read(reader(0x7FFFFFFF)));
    }

    private static TpmReader reader(int value) {
        return new TpmReader(TpmWriter.toByteArray(out -> out.u32(value)), AlgorithmProfile.DEFAULT);
    }
}
