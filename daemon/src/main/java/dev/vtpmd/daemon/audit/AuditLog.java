package dev.vtpmd.daemon.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.daemon.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The audit log: one line of JSON for each administrative act and each event in the life of an instance, in a file to which it is
 * only ever appended. The ordinary log gets a line that begins with {@code audit:} for each.
 *
 * <p>The file may be moved away or removed at any time, as logrotate does: the next line begins a new one. Calls may come from any
 * thread, and do not wait for the disk.
 */
public final class AuditLog implements AutoCloseable {
    /** How an act ended. */
    public enum Result {
        /** As was asked for. */
        DONE("done"),
        /** Not begun, because whoever asked may not. */
        REFUSED("refused"),
        /** Not done, for another reason. */
        FAILED("failed");

        private final String word;

        Result(String word) {
            this.word = word;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final ObjectMapper json = new ObjectMapper();
    private final Optional<Path> file;
    private final Optional<ExecutorService> writer;
    // The writer's.
    private FileChannel channel;
    private Object inode;
    private boolean failing;

    private AuditLog(Optional<Path> file) {
        this.file = file;
        this.writer = file.map(name -> Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name("vtpmd-audit").daemon().unstarted(task)));
    }

    /** An audit log that is in the ordinary log alone. */
    public static AuditLog withoutFile() {
        return new AuditLog(Optional.empty());
    }

    /**
     * An audit log in {@code file}, which is made if it is not there.
     *
     * @throws IOException if it cannot be written
     */
    public static AuditLog in(Path file) throws IOException {
        AuditLog log = new AuditLog(Optional.of(file));
        log.open(file);
        return log;
    }

    /**
     * Somebody has asked for something at the administration socket.
     *
     * @param instance name or UUID; null if it is about none
     * @param detail in one line, null for nothing more to say
     */
    public void act(String act, Peer by, String instance, Result result, String detail) {
        LOG.info(
                "audit: {}: {} by {}: {}{}",
                instance == null ? "-" : instance,
                act,
                by,
                result.word,
                detail == null ? "" : ": " + detail);
        write(new AuditLine(
                now(),
                "act",
                act,
                instance,
                null,
                Integer.toUnsignedLong(by.uid()),
                Integer.toUnsignedLong(by.gid()),
                by.pid(),
                result.word,
                detail));
    }

    /**
     * Something has happened in the life of an instance.
     *
     * @param event in a word
     * @param detail in words
     */
    public void event(String event, UUID uuid, String instance, String detail) {
        LOG.info("audit: {}: {}", instance, detail);
        write(new AuditLine(now(), "event", event, instance, uuid.toString(), null, null, null, null, detail));
    }

    /** As {@link #event}, of somebody who is connected to the instance. */
    public void event(String event, UUID uuid, String instance, Peer by, String detail) {
        LOG.info("audit: {}: {} ({})", instance, detail, by);
        write(new AuditLine(
                now(),
                "event",
                event,
                instance,
                uuid.toString(),
                Integer.toUnsignedLong(by.uid()),
                Integer.toUnsignedLong(by.gid()),
                by.pid(),
                null,
                detail));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void write(AuditLine line) {
        writer.ifPresent(thread -> thread.execute(() -> write(file.orElseThrow(), line)));
    }

    private void write(Path path, AuditLine line) {
        try {
            if (channel == null || !Objects.equals(inode, inode(path))) {
                open(path);
            }
            ByteBuffer bytes = ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            failing = false;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of the audit log cannot be written as JSON", e);
        } catch (IOException e) {
            if (!failing) {
                LOG.error("{}: the audit log cannot be written: {}", path, e.getMessage());
                failing = true;
            }
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.exists(file) ? Files.getAttribute(file, "unix:ino") : null;
    }

    private void open(Path path) throws IOException {
        closeFile();
        channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        inode = inode(path);
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        writer.ifPresent(ExecutorService::close);
        closeFile();
    }

    private void closeFile() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.error("{}: {}", file, e.getMessage());
            }
            channel = null;
        }
    }
}
