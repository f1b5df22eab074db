package dev.vtpmd.protocol.attachedcomponent;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

import static dev.vtpmd.protocol.wire.Samples.lists;
import static dev.vtpmd.protocol.wire.Samples.u32;
import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** Structures of attached components: Part 2, tables of clause 16. */
final class AttachedComponentStructuresTest {
    @Property(tries = 30)
    void tpmsAcOutput(@ForAll("outputs") TpmsAcOutput value) {
        RoundTrip.check(value, TpmsAcOutput::read, TpmsAcOutput::write);
    }

    @Property(tries = 30)
    void tpmlAcCapabilities(@ForAll("capabilities") TpmlAcCapabilities value) {
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

    @Provide
    Arbitrary<TpmsAcOutput> outputs() {
        Arbitrary<Integer> defined = Arbitraries.of(TpmAt.ANY, TpmAt.ERROR, TpmAt.PV1);
        Arbitrary<Integer> vendors = Arbitraries.integers().lessOrEqual(-1);
        return Combinators.combine(Arbitraries.oneOf(defined, vendors), u32()).as(TpmsAcOutput::new);
    }

    @Provide
    Arbitrary<TpmlAcCapabilities> capabilities() {
        return lists(outputs(), 5).map(TpmlAcCapabilities::new);
    }
}
