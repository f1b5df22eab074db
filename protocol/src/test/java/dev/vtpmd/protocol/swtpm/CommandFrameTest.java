package dev.vtpmd.protocol.swtpm;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class CommandFrameTest {
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final String STARTUP_CLEAR = "80010000000c000001440000";

    private final CommandFrame frame = new CommandFrame();

    @Test
    void takesOneCommandAndLeavesTheNext() {
        ByteBuffer in = bytes(READ_CLOCK + STARTUP_CLEAR);
        assertThat(frame.read(in)).isTrue();
        assertThat(command()).isEqualTo(READ_CLOCK);
        frame.reset();
        assertThat(frame.read(in)).isTrue();
        assertThat(command()).isEqualTo(STARTUP_CLEAR);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Property
    void putsACommandTogetherHoweverItIsCut(
            @ForAll @IntRange(min = 0, max = 21) int first, @ForAll @IntRange(min = 0, max = 21) int second) {
        CommandFrame cut = new CommandFrame();
        byte[] all = HexFormat.of().parseHex("00000008" + "03" + "0000000c" + STARTUP_CLEAR);
        int from = Math.min(first, second);
        int to = Math.max(first, second);
        boolean complete = cut.read(ByteBuffer.wrap(all, 0, from));
        complete |= cut.read(ByteBuffer.wrap(all, from, to - from));
        complete |= cut.read(ByteBuffer.wrap(all, to, all.length - to));
        assertThat(complete).isTrue();
        assertThat(Arrays.copyOf(cut.bytes(), cut.length()))
                .isEqualTo(HexFormat.of().parseHex(STARTUP_CLEAR));
        assertThat(cut.prefixed()).isTrue();
        assertThat(cut.locality()).isEqualTo(3);
    }

    @Test
    void doesNotTakeACommandForAPrefix() {
        assertThat(frame.read(bytes(READ_CLOCK))).isTrue();
        assertThat(frame.prefixed()).isFalse();
    }

    @Test
    void completesAHeaderWithAnImpossibleSizeSoThatTheTpmAnswers() {
        assertThat(frame.read(bytes("80010000000900000181"))).isTrue();
        assertThat(frame.headerWrong()).isTrue();
        frame.reset();
        assertThat(frame.read(bytes("80010000100100000181"))).isTrue();
        assertThat(frame.headerWrong()).isTrue();
        frame.reset();
        assertThat(frame.read(bytes("8001ffffffff00000181"))).isTrue();
        assertThat(frame.headerWrong()).isTrue();
    }

    @Test
    void takesTheLargestCommand() {
        byte[] all = new byte[4096];
        ByteBuffer.wrap(all).putShort((short) 0x8001).putInt(4096).putInt(0x17b);
        assertThat(frame.read(ByteBuffer.wrap(all, 0, 4095))).isFalse();
        assertThat(frame.read(ByteBuffer.wrap(all, 4095, 1))).isTrue();
        assertThat(frame.length()).isEqualTo(4096);
    }

    @Test
    void hasNotSeenTheHeaderOfAStraySessionEnd() {
        assertThat(frame.read(bytes("00000014"))).isFalse();
        assertThat(frame.begun()).isTrue();
        assertThat(frame.headerSeen()).isFalse();
    }

    private String command() {
        return HexFormat.of().formatHex(frame.bytes(), 0, frame.length());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
