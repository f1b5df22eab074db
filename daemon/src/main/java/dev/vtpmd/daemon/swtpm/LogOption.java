package dev.vtpmd.daemon.swtpm;

import ch.qos.logback.classic.Level;
import dev.vtpmd.daemon.logging.Logging;
import dev.vtpmd.daemon.process.Failures;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code --log}.
 *
 * @param target where log lines go
 * @param level swtpm's: 0 nothing, 1 what an operator wants to know, 5 and above everything
 * @param prefix what each line begins with
 * @param truncate whether the file is emptied first
 */
record LogOption(Target target, int level, String prefix, boolean truncate) {
    /** Without the option: problems, to the standard error output. */
    static final LogOption DEFAULT = new LogOption(new Target.Descriptor(2), 1, "", false);

    private static final Set<String> KEYS = Set.of("file", "fd", "level", "prefix", "truncate");
    private static final int HIGHEST_LEVEL = 999_999;
    private static final int DEBUG_LEVEL = 5;

    /** Where log lines go. */
    sealed interface Target {
        record File(Path path) implements Target {}

        record Descriptor(int number) implements Target {}

        record Nowhere() implements Target {}
    }

    static LogOption parse(String text) throws UsageException {
        ValueList values = new ValueList("log", text, KEYS);
        OptionalInt descriptor = values.number("fd", Integer.MAX_VALUE);
        Target target;
        if (values.has("file")) {
            Path file = values.path("file").orElseThrow();
            target = file.toString().equals("-") ? new Target.Nowhere() : new Target.File(file);
        } else if (descriptor.isPresent()) {
            target = new Target.Descriptor(descriptor.getAsInt());
        } else {
            target = DEFAULT.target();
        }
        return new LogOption(
                target,
                values.number("level", HIGHEST_LEVEL).orElse(1),
                values.text("prefix").orElse(""),
                values.flag("truncate", false));
    }

    /** Lets log lines go there. */
    void open() throws UsageException {
        switch (target) {
            case Target.Nowhere nowhere -> Logging.off();
            case Target.Descriptor descriptor -> open(descriptor.number());
            case Target.File file ->
                Logging.toStream(
                        stream(file.path(), Set.of(StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS)),
                        fileLevel(),
                        prefix);
        }
    }

    private void open(int descriptor) throws UsageException {
        switch (descriptor) {
            case 1 -> Logging.toStream(System.out, fileLevel(), prefix);
            case 2 -> Logging.toStream(System.err, errorLevel(), prefix);
            default -> Logging.toStream(stream(Path.of("/proc/self/fd/" + descriptor), Set.of()), fileLevel(), prefix);
        }
    }

    private OutputStream stream(Path path, Set<OpenOption> more) throws UsageException {
        Set<OpenOption> options = new HashSet<>(more);
        options.addAll(EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        try {
            var channel = Files.newByteChannel(
                    path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (truncate) {
                channel.truncate(0);
            }
            return Channels.newOutputStream(channel);
        } catch (IOException e) {
            throw new UsageException("--log: " + Failures.line(e));
        }
    }

    private Level errorLevel() {
        return this.equals(DEFAULT) ? Level.WARN : fileLevel();
    }

    private Level fileLevel() {
        if (level == 0) {
            return Level.OFF;
        }
        return level >= DEBUG_LEVEL ? Level.DEBUG : Level.INFO;
    }
}
