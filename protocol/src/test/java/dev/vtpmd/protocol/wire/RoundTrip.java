package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

/** What holds of every structure, whatever its values. */
public final class RoundTrip {
    private RoundTrip() {}

    /**
     * Checks that {@code value} is read as it was written; that nothing less than all of it can be read; and that after a
     * change of any one byte it is refused with a response code, or read as something that is written as it was read.
     */
    public static <T> void check(T value, TpmReader.Content<T> read, BiConsumer<? super T, TpmWriter> write) {
        byte[] encoded = TpmWriter.toByteArray(out -> write.accept(value, out));
        TpmReader in = new TpmReader(encoded, Profiles.EVERYTHING);
        assertThat(read.read(in)).isEqualTo(value);
        assertThat(in.remaining()).isZero();
        checkEveryPrefix(encoded, read);
        checkEveryChange(encoded, read, write);
    }

    private static <T> void checkEveryPrefix(byte[] encoded, TpmReader.Content<T> read) {
        for (int length = 0; length < encoded.length; length++) {
            TpmReader in = new TpmReader(encoded, 0, length, Profiles.EVERYTHING);
            assertThatThrownBy(() -> read.read(in))
                    .isInstanceOfSatisfying(
                            TpmException.class,
                            e -> assertThat(e.is(TpmRc.INSUFFICIENT)).isTrue());
        }
    }

    private static <T> void checkEveryChange(
            byte[] encoded, TpmReader.Content<T> read, BiConsumer<? super T, TpmWriter> write) {
        byte[] changed = encoded.clone();
        TpmReader in = new TpmReader(changed, Profiles.EVERYTHING);
        for (int i = 0; i < encoded.length; i++) {
            for (int difference = 1; difference <= 0xFF; difference++) {
                changed[i] = (byte) (encoded[i] ^ difference);
                in.reset(changed, 0, changed.length);
                readAndWrite(in, read, write);
            }
            changed[i] = encoded[i];
        }
    }

    private static <T> void readAndWrite(
            TpmReader in, TpmReader.Content<T> read, BiConsumer<? super T, TpmWriter> write) {
        T value;
        try {
            value = read.read(in);
        } catch (TpmException e) {
            return;
        } catch (RuntimeException e) {
            fail("reading " + HexFormat.of().formatHex(in.array()), e);
            return;
        }
        byte[] written = TpmWriter.toByteArray(out -> write.accept(value, out));
        assertThat(written).isEqualTo(Arrays.copyOf(in.array(), in.position()));
    }
}
