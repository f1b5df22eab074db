package dev.vtpmd.protocol.wire;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class Tpm2bTest {
    @Test
    void isItsSizeAndItsBytes() {
        assertThat(TpmWriter.toByteArray(Tpm2b.copyOf((byte) 1, (byte) 2)::write))
                .containsExactly(0, 2, 1, 2);
        assertThat(TpmWriter.toByteArray(Tpm2b.EMPTY::write)).containsExactly(0, 0);
    }

    @Property(tries = 100)
    void roundTrip(@ForAll byte[] bytes) {
        RoundTrip.check(Tpm2b.copyOf(bytes), in -> Tpm2b.read(in, 0xFFFF), Tpm2b::write);
    }

    /** Part 1, 19.6.4.3: zeros at the end of an authValue do not count. */
    @Test
    void trailingZerosCanBeRemoved() {
        assertThat(buffer(1, 0, 2, 0, 0).withoutTrailingZeros()).isEqualTo(buffer(1, 0, 2));
        assertThat(buffer(0, 0).withoutTrailingZeros()).isEqualTo(Tpm2b.EMPTY);
        assertThat(buffer(0, 1).withoutTrailingZeros()).isEqualTo(buffer(0, 1));
    }

    @Test
    void paddingAddsZerosAtTheEnd() {
        assertThat(buffer(1, 2).paddedTo(4)).isEqualTo(buffer(1, 2, 0, 0));
        assertThat(buffer(1, 2, 3).paddedTo(2)).isEqualTo(buffer(1, 2, 3));
    }

    @Test
    void aCopyDoesNotFollowItsSource() {
        byte[] source = {1, 2};
        Tpm2b copy = Tpm2b.copyOf(source);
        source[0] = 9;

        assertThat(copy).isEqualTo(buffer(1, 2));
    }

    @Test
    void differsInSizeAndInEveryByte() {
        assertThat(buffer(1, 2))
                .isNotEqualTo(buffer(1, 3))
                .isNotEqualTo(buffer(1))
                .isNotEqualTo(buffer(1, 2, 0));
    }

    @Test
    void itsTextShowsNoByte() {
        assertThat(buffer(0x41, 0x42)).hasToString("Tpm2b[2 bytes]");
    }

    @Test
    void wipingZeroesIt() {
        Tpm2b secret = buffer(1, 2);
        secret.wipe();

        assertThat(secret).isEqualTo(Tpm2b.zeros(2));
    }

    private static Tpm2b buffer(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Tpm2b.copyOf(bytes);
    }
}
