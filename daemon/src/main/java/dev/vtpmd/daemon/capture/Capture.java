package dev.vtpmd.daemon.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A file in which a TPM's commands and responses are kept. A thread of its own writes it, so that neither a slow disk nor a full
 * one is the TPM's trouble: what does not fit in memory meanwhile is left out and counted, and a file that cannot be written any more,
 * or has reached its size, ends the capture.
 */
public final class Capture implements AutoCloseable {
    /** What may wait for the disk. */
    private static final long MOST_WAITING = 4 << 20;

    private static final Exchange END = new Exchange(Instant.EPOCH, Instant.EPOCH, new byte[0], new byte[0]);

    private final Path file;
    private final long mostBytes;
    private final Consumer<String> end;
    private final FileChannel channel;
    private final PcapFormat format = new PcapFormat();
    private final BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;
    // Written by the writer alone.
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();
    private volatile boolean ended;

    /** A command and its response. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Exchange(Instant begun, Instant ended, byte[] command, byte[] response) {
        long size() {
            return command.length + response.length + 2L * PcapFormat.OVERHEAD;
        }

        void wipe() {
            Arrays.fill(command, (byte) 0);
            Arrays.fill(response, (byte) 0);
        }
    }

    private Capture(Path file, long mostBytes, Consumer<String> end, FileChannel channel) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.end = end;
        this.channel = channel;
        this.writer = Thread.ofPlatform().daemon().name("vtpmd-capture").unstarted(this::write);
    }

    /**
     * Begins a capture in a new file that its owner alone may read.
     *
     * @param file absolute; nothing is there yet
     * @param mostBytes the size that the file may get
     * @param end is told in one line when and why the capture ends
     * @throws IOException if the file cannot be made
     */
    public static Capture begin(Path file, long mostBytes, Consumer<String> end) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Capture capture = new Capture(file, mostBytes, end, channel);
        try {
            capture.append(PcapFormat.header());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        capture.writer.start();
        return capture;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** How many commands are in it. */
    public long exchanges() {
        return exchanges.get();
    }

    /** How many bytes the file has. */
    public long bytes() {
        return bytes.get();
    }

    /** How many commands were left out because the disk was slow. */
    public long leftOut() {
        return leftOut.get();
    }

    /** Whether it takes nothing more. */
    public boolean ended() {
        return ended;
    }

    /** Takes a command and its response. Does not wait. */
    void take(byte[] command, int commandLength, byte[] response, int responseLength, long nanoseconds) {
        if (ended) {
            return;
        }
        long size = commandLength + responseLength + 2L * PcapFormat.OVERHEAD;
        if (waitingBytes.addAndGet(size) > MOST_WAITING) {
            waitingBytes.addAndGet(-size);
            leftOut.incrementAndGet();
            return;
        }
        Instant now = Instant.now();
        waiting.add(new Exchange(
                now.minusNanos(nanoseconds),
                now,
                Arrays.copyOf(command, commandLength),
                Arrays.copyOf(response, responseLength)));
    }

    private void write() {
        String reason = "";
        try (channel) {
            Exchange next = waiting.take();
            while (next != END) {
                if (!ended && bytes.get() + next.size() > mostBytes) {
                    ended = true;
                    reason = ", at its size";
                }
                if (!ended) {
                    append(next);
                }
                waitingBytes.addAndGet(-next.size());
                next.wipe();
                next = waiting.take();
            }
        } catch (IOException e) {
            reason = ", it cannot be written: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            waiting.forEach(Exchange::wipe);
            waiting.clear();
            end.accept("the capture in %s ends with %d commands, %d left out%s"
                    .formatted(file, exchanges.get(), leftOut.get(), reason));
        }
    }

    private void append(Exchange exchange) throws IOException {
        append(format.command(exchange.begun(), exchange.command()));
        append(format.response(exchange.ended(), exchange.response()));
        exchanges.incrementAndGet();
    }

    private void append(ByteBuffer record) throws IOException {
        while (record.hasRemaining()) {
            bytes.addAndGet(channel.write(record));
        }
    }

    /** Writes what is waiting, and ends the capture. The file stays. */
    @Override
    public void close() {
        waiting.add(END);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
