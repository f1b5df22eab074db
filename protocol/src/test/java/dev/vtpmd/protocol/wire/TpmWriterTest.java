package dev.vtpmd.protocol.wire;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

final class TpmWriterTest {
    @Test
    void writesBigEndianIntegers() {
        assertThat(hex(out -> {
                    out.u8(0x1FF);
                    out.u16(0x8001);
                    out.u32(0x80000123);
                    out.u64(0x8000000000000001L);
                    out.yesNo(true);
                    out.yesNo(false);
                }))
                .isEqualTo("ff" + "8001" + "80000123" + "8000000000000001" + "01" + "00");
    }

    @Test
    void growsAndKeepsWhatWasWritten() {
        TpmWriter out = new TpmWriter(1);
        byte[] first = out.array();
        out.u8(0x01);
        out.u32(0x02030405);

        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4, 5);
        assertThat(first).as("what is left behind could be a secret").containsOnly(0);
    }

    @Test
    void aSizedStructureHasItsSizeBeforeIt() {
        assertThat(hex(out -> out.sized(content -> content.u32(0x80000001)))).isEqualTo("0004" + "80000001");
    }

    @Test
    void sizedStructuresNest() {
        assertThat(hex(out -> out.sized(outer -> outer.sized(inner -> inner.u8(0x07)))))
                .isEqualTo("0003" + "0001" + "07");
    }

    @Test
    void aListHasItsCountBeforeIt() {
        assertThat(hex(out -> out.list(List.of(1, 2), (element, to) -> to.u16(element))))
                .isEqualTo("00000002" + "0001" + "0002");
    }

    @Test
    void whatIsTruncatedIsForgotten() {
        TpmWriter out = new TpmWriter();
        out.u16(0x0102);
        int position = out.position();
        out.u32(0x03040506);
        out.truncate(position);

        assertThat(out.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void sizesAreFilledInLater() {
        TpmWriter out = new TpmWriter();
        out.u32(0);
        out.u16(0);
        out.putU32(0, 0x80010203);
        out.putU16(4, 0x8405);

        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("80010203" + "8405");
    }

    @Test
    void wipeLeavesNothing() {
        TpmWriter out = new TpmWriter(4);
        out.u32(0x01020304);
        out.wipe();

        assertThat(out.position()).isZero();
        assertThat(out.array()).containsOnly(0);
    }

    private static String hex(Consumer<TpmWriter> structure) {
        return HexFormat.of().formatHex(TpmWriter.toByteArray(structure));
    }

    @Test
    void anArrayThatGrewIsGivenUpOnceItIsNotNeeded() {
        TpmWriter out = new TpmWriter(16);
        out.bytes(new byte[100]);
        out.restart(16);
        assertThat(out.array()).hasSizeGreaterThanOrEqualTo(100);
        out.u32(1);
        out.restart(16);
        assertThat(out.array()).hasSize(16);
    }
}
