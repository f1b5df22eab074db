package dev.vtpmd.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. */
public interface StateFile extends AutoCloseable {
    /**
     * Writes from {@code source} at {@code position}, at least one byte, maybe not all of them.
     *
     * @return the number of bytes written
     */
    int write(ByteBuffer source, long position) throws IOException;

    /** The size of the file in bytes. */
    long size() throws IOException;

    /** Brings the bytes of the file, and its size, to stable storage. */
    void sync() throws IOException;

    /** Closes the file without syncing it. */
    @Override
    void close() throws IOException;

    /** Writes all of {@code bytes} at {@code position}. */
    default void writeFully(byte[] bytes, long position) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            int written = write(source, position + source.position());
            if (written <= 0) {
                throw new IOException("the device takes no more bytes");
            }
        }
    }
}
