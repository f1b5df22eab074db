package dev.vtpmd.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import org.slf4j.LoggerFactory;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sets up where log lines go. Until it does, warnings go to the standard error output. */
public final class Logging {
    private Logging() {}

    /**
     * Logs as the logback configuration in {@code file} says; where there is no such file, or a wrong one, to the standard error
     * output. Reading one costs some 600 classes, so none is delivered.
     */
    public static void configure(Path file) {
        if (!Files.exists(file)) {
            toStream(System.err, Level.INFO, "");
            return;
        }
        LoggerContext context = context();
        context.reset();
        try {
            configure(context, file);
        } catch (IOException e) {
            toStream(context, System.err, Level.INFO, "");
            LoggerFactory.getLogger(Logging.class).warn("{}", e.getMessage());
        }
    }

    /**
     * The same for a file that may have changed, come or gone since.
     *
     * @throws IOException if it cannot be read or understood; it is then logged as before
     */
    public static void configureAgain(Path file) throws IOException {
        if (!Files.exists(file)) {
            configure(file);
            return;
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": cannot be read");
        }
        LoggerContext trial = new LoggerContext();
        try {
            configure(trial, file);
            for (Status status : trial.getStatusManager().getCopyOfStatusList()) {
                if (status.getEffectiveLevel() >= Status.ERROR) {
                    throw new IOException(file + ": " + status.getMessage());
                }
            }
        } finally {
            trial.stop();
        }
        configure(file);
    }

    private static void configure(LoggerContext context, Path file) throws IOException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(file.toFile());
        } catch (JoranException e) {
            throw new IOException(file + ": not a logback configuration: " + e.getMessage(), e);
        }
    }

    /** Logs nothing. */
    public static void off() {
        LoggerContext context = context();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    /** Logs to {@code stream}, each line beginning with {@code prefix}. */
    public static void toStream(OutputStream stream, Level level, String prefix) {
        LoggerContext context = context();
        context.reset();
        toStream(context, stream, level, prefix);
    }

    static void toStream(LoggerContext context, OutputStream stream, Level level, String prefix) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        LogLine layout = new LogLine(prefix, level == Level.DEBUG);
        layout.setContext(context);
        layout.start();
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(
                stream.equals(System.err) || stream.equals(System.out) ? new Borrowed(stream) : stream);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
        context.getLogger("io.netty").setLevel(Level.WARN);
        // Where only unix sockets are allowed it does not find the loopback interface, which nobody needs there.
        context.getLogger("io.netty.util.NetUtilInitializations").setLevel(Level.ERROR);
    }

    /** A stream that stays open when its appender is stopped. */
    private static final class Borrowed extends FilterOutputStream {
        Borrowed(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
