package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.DeviceObserver;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What an instance has done since the service took it up. Written as its device tells, read from any thread. */
final class Activity implements DeviceObserver {
    private final InstanceStorage storage;
    private final AuditLog audit;
    // One thread at a time writes it, so a plain addition will do, and no core waits for another.
    private final AtomicLong commands = new AtomicLong();
    private volatile Instant onSince;
    private volatile InstanceStatus.Problem lastProblem;

    /** Nothing yet. */
    Activity(InstanceStorage storage, AuditLog audit) {
        this.storage = storage;
        this.audit = audit;
    }

    @Override
    public void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {
        commands.setRelease(commands.getPlain() + 1);
    }

    @Override
    public void switchedOn() {
        onSince = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        tell("on", "its TPM is on");
    }

    @Override
    public void switchedOff() {
        onSince = null;
        tell("off", "its TPM is off");
    }

    private void tell(String event, String detail) {
        InstanceConfiguration configuration = storage.configuration();
        audit.event(event, configuration.uuid(), configuration.name(), detail);
    }

    @Override
    public void problem(String line) {
        lastProblem = new InstanceStatus.Problem(Instant.now().truncatedTo(ChronoUnit.SECONDS), line);
    }

    /** How many commands its TPM has answered. */
    long commands() {
        return commands.get();
    }

    /** Since when its TPM has power, if it has. */
    Optional<Instant> onSince() {
        return Optional.ofNullable(onSince);
    }

    /** What went wrong last, if anything did. */
    Optional<InstanceStatus.Problem> lastProblem() {
        return Optional.ofNullable(lastProblem);
    }
}
