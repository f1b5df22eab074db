package dev.vtpmd.daemon.process;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tells systemd, or what else started this daemon, how far it is (sd_notify(3)). Does nothing if nobody wants to know. */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Optional<byte[]> socket;
    private final Optional<Duration> watchdog;

    /**
     * The service manager that is reached at {@code notifySocket}.
     *
     * @param notifySocket a path, or a name outside of the file system that begins with {@code @}; {@code null} for none
     * @param watchdog within which time it wants to hear of a service that is alive, if it does
     */
    public ServiceManager(String notifySocket, Optional<Duration> watchdog) {
        this.socket = Optional.ofNullable(notifySocket)
                .filter(path -> path.startsWith("/") || path.startsWith("@"))
                // '@' stands for the zero byte with which names begin that are not in the file system (unix(7)).
                .map(path -> path.replaceFirst("^@", "\0").getBytes(StandardCharsets.UTF_8));
        this.watchdog = watchdog.filter(time -> socket.isPresent());
    }

    /** A service manager that has no watchdog; {@code null} for none. */
    public ServiceManager(String notifySocket) {
        this(notifySocket, Optional.empty());
    }

    /** The service manager of the process {@code pid} with this environment. */
    public static ServiceManager of(Map<String, String> environment, long pid) {
        return new ServiceManager(environment.get("NOTIFY_SOCKET"), watchdog(environment, pid));
    }

    /** The service manager of this process. */
    public static ServiceManager ofEnvironment() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /** sd_watchdog_enabled(3): microseconds, and the process they are meant for, if not for any. */
    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String microseconds = environment.get("WATCHDOG_USEC");
        if (microseconds == null
                || !environment.getOrDefault("WATCHDOG_PID", "" + pid).equals("" + pid)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.of(Long.parseLong(microseconds), TimeUnit.MICROSECONDS.toChronoUnit()))
                    .filter(Duration::isPositive);
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC={} is not a number; there is no watchdog", microseconds);
            return Optional.empty();
        }
    }

    /** Within which time the service manager wants to hear {@link #alive}, and else ends the process; empty if never. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** Clients are served now. */
    public void ready() {
        notify("READY=1\nSTATUS=\nMAINPID=" + ProcessHandle.current().pid());
    }

    /** How far the daemon is, in a line; systemd shows it. */
    public void status(String line) {
        notify("STATUS=" + line);
    }

    /** The daemon has begun to read its configuration again; {@link #ready} says that it is done. */
    public void reloading() {
        // Java's nanoTime is CLOCK_MONOTONIC on Linux, by which the service manager knows what the message answers.
        notify("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    /** The daemon gets on with its work. */
    public void alive() {
        notify("WATCHDOG=1");
    }

    /** The daemon has begun to stop. */
    public void stopping() {
        notify("STOPPING=1");
    }

    private void notify(String state) {
        socket.ifPresent(address -> {
            try {
                send(address, state.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                LOG.warn("the service manager cannot be told: {}", e.toString());
            }
        });
    }

    private static void send(byte[] address, byte[] message) throws IOException {
        Epoll.ensureAvailability();
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(message.length).put(message).flip();
        Socket sender = Socket.newSocketDomainDgram();
        try {
            long deadline = System.nanoTime() + PATIENCE;
            // Nothing is sent while the receiver's queue is full.
            while (sender.sendToDomainSocket(buffer, 0, buffer.limit(), address) == 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("it does not listen");
                }
                LockSupport.parkNanos(PAUSE);
            }
        } finally {
            sender.close();
        }
    }
}
