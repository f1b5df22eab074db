package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.capture.Capture;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Begins and ends the captures of instances. */
final class Captures {
    private Captures() {}

    /** See {@link Instances#beginCapture}. */
    static Capture begin(Instance instance, String file, long mostBytes, AuditLog audit) throws InstanceException {
        String name = instance.configuration().name();
        Optional<Capture> running = instance.capture().current();
        if (running.isPresent() && !running.get().ended()) {
            throw new InstanceException(
                    Reason.TAKEN,
                    name + ": there is a capture already, in " + running.get().file());
        }
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute() || file.chars().anyMatch(Character::isISOControl)) {
                throw new InstanceException(
                        Reason.INVALID, "the path of a capture is absolute, without control characters");
            }
            Capture capture = Capture.begin(path, mostBytes, line -> note(instance, line, audit));
            instance.capture().change(Optional.of(capture)).ifPresent(Capture::close);
            note(instance, "a capture begins in " + path, audit);
            return capture;
        } catch (InvalidPathException e) {
            throw new InstanceException(Reason.INVALID, "the path of the capture is no path", e);
        } catch (IOException e) {
            throw new InstanceException(Reason.INVALID, name + ": no capture: " + Failures.line(e), e);
        }
    }

    /** See {@link Instances#endCapture}. */
    static Capture end(Instance instance) throws InstanceException {
        Capture capture = instance.capture()
                .change(Optional.empty())
                .orElseThrow(() -> new InstanceException(
                        Reason.UNKNOWN, instance.configuration().name() + ": there is no capture"));
        capture.close();
        return capture;
    }

    private static void note(Instance instance, String line, AuditLog audit) {
        InstanceConfiguration configuration = instance.configuration();
        audit.event("capture", configuration.uuid(), configuration.name(), line);
    }
}
