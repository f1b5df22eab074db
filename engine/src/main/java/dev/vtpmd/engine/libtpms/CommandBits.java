package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of commands as a field of bits, the lowest bit of each byte first. Up to version 4 of PERSISTENT_DATA a bit stands for
 * the command at its place in a list; from version 5 on bit n stands for the command 0x11F + n.
 */
final class CommandBits {
    private static final int BY_CODE = 5;
    private static final int FIRST_CODE = 0x11F;

    /** The list, as ranges of command codes. */
    private static final int[][] LISTED = {
        {0x11F, 0x122},
        {0x124, 0x12E},
        {0x130, 0x140},
        {0x142, 0x159},
        {0x15B, 0x15E},
        {0x160, 0x165},
        {0x167, 0x174},
        {0x176, 0x178},
        {0x17A, 0x193},
        {0x197, 0x197}
    };

    private CommandBits() {}

    /** The codes of the commands in {@code bits}, ascending; without those that this TPM does not know. */
    static List<Integer> codes(Tpm2b bits, int version) {
        int[] places = version >= BY_CODE ? byCode(bits.size()) : listed();
        return BitSet.valueOf(bits.bytes()).stream()
                .filter(bit -> bit < places.length)
                .map(bit -> places[bit])
                .filter(code -> TpmCc.of(code) != null)
                .boxed()
                .toList();
    }

    private static int[] byCode(int size) {
        return IntStream.range(FIRST_CODE, FIRST_CODE + size * Byte.SIZE).toArray();
    }

    private static int[] listed() {
        return IntStream.range(0, LISTED.length)
                .flatMap(i -> IntStream.rangeClosed(LISTED[i][0], LISTED[i][1]))
                .toArray();
    }
}
