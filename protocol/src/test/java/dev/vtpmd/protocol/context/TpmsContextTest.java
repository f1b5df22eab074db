package dev.vtpmd.protocol.context;

import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

final class TpmsContextTest {
    /** The beginning of what swtpm answers to TPM2_ContextSave of the first session, its blob cut to 4 bytes. */
    @Test
    void readsTheContextOfASession() {
        byte[] recorded = HexFormat.of().parseHex("0000000000000004" + "02000000" + "40000007" + "0004" + "00407227");

        TpmsContext context = TpmsContext.read(new TpmReader(recorded, AlgorithmProfile.DEFAULT));

        assertThat(context.sequence()).isEqualTo(4);
        assertThat(context.savedHandle()).isEqualTo(0x02000000);
        assertThat(context.hierarchy()).isEqualTo(TpmRh.NULL);
        assertThat(context.contextBlob().toByteArray()).containsExactly(0x00, 0x40, 0x72, 0x27);
    }

    @Property(tries = 30)
    @Domain(ContextSamples.class)
    void roundTrip(@ForAll TpmsContext value) {
        RoundTrip.check(value, TpmsContext::read, TpmsContext::write);
    }
}
