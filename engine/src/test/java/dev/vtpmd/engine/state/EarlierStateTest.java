package dev.vtpmd.engine.state;

import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * States of the first release, which end with the section of the numbers of object contexts, 13: what was added later begins as
 * on a new TPM.
 */
class EarlierStateTest {
    private static final int LAST_SECTION_OF_THE_FIRST_RELEASE = 13;
    private static final int HEADER_SIZE = 8;

    private final Random random = new Random(1);
    private final TpmPlatform platform = new TpmPlatform(random::nextBytes, () -> 0, state -> {});

    @Test
    void whatIsNotThereIsAsOnANewTpm() throws Exception {
        byte[] permanent = Tpm.manufacture(AlgorithmProfile.DEFAULT, random::nextBytes);
        Tpm tpm = new Tpm(earlier(permanent), platform);
        tpm.powerOn();
        assertThat(send(tpm, "80010000000C000001440000")).isEqualTo("80010000000A00000000");
        assertThat(send(tpm, "8001000000160000017A0000000400000000000000FE")).endsWith("0000000100000140");
        assertThat(send(tpm, "8001000000160000017A0000000300000000000000FE")).endsWith("000000010000012D");
        assertThat(send(tpm, "8001000000160000017A000000060000020C00000001")).endsWith("0000020C00000000");

        Tpm resumed = new Tpm(earlier(tpm.permanentState()), platform);
        resumed.powerOn();
        resumed.resume(earlier(tpm.volatileState()));
        assertThat(send(resumed, "8001000000160000017A0000000600000201" + "00000001"))
                .endsWith("00000201" + "8000000F");
        assertThat(send(resumed, "8001000000160000017A0000000A40000110" + "00000001"))
                .endsWith("40000110" + "00000000" + "00000000");
    }

    /** The state without the sections that came later. */
    private static byte[] earlier(byte[] state) {
        ByteBuffer in = ByteBuffer.wrap(state);
        ByteBuffer out = ByteBuffer.allocate(state.length);
        out.put(state, 0, HEADER_SIZE);
        in.position(HEADER_SIZE);
        while (in.hasRemaining()) {
            short tag = in.getShort();
            byte[] content = new byte[in.getInt()];
            in.get(content);
            if (tag <= LAST_SECTION_OF_THE_FIRST_RELEASE) {
                out.putShort(tag).putInt(content.length).put(content);
            }
        }
        assertThat(out.position()).isLessThan(state.length);
        byte[] shorter = new byte[out.position()];
        out.flip().get(shorter);
        return shorter;
    }

    private static String send(Tpm tpm, String command) {
        byte[] bytes = HexFormat.of().parseHex(command);
        return HexFormat.of()
                .withUpperCase()
                .formatHex(tpm.execute(0, bytes, 0, bytes.length).toByteArray());
    }
}
