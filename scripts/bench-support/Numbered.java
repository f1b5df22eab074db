import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A command that carries a number: the turn's, or a handle. Composed once: a client that composes its commands between the
 * round trips drives what it shares a core with from the caches, which no client of a TPM does.
 */
final class Numbered {
    private final byte[] command;
    private final int offset;

    /** {@code composed} gives the command with a number, which differs in four bytes, big-endian. */
    Numbered(IntFunction<byte[]> composed) {
        command = composed.apply(0);
        offset = Arrays.mismatch(command, composed.apply(-1));
    }

    /** The command with {@code number}, until the next call. */
    byte[] with(int number) {
        ByteBuffer.wrap(command).putInt(offset, number);
        return command;
    }
}
