package dev.vtpmd.daemon.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * One line per event: a prefix, the time, the level and the message. Written out here because reading a pattern would be a
 * good part of swtpm's start.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    private final String prefix;
    private final boolean causes;

    /** Lines that begin with {@code prefix}; with {@code causes}, stack traces follow them. */
    LogLine(String prefix, boolean causes) {
        this.prefix = prefix;
        this.causes = causes;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(prefix)
                .append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(event.getFormattedMessage())
                .append('\n');
        if (causes) {
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                line.append(prefix).append("  ").append(cause.getClassName()).append('\n');
                for (var frame : cause.getStackTraceElementProxyArray()) {
                    line.append(prefix)
                            .append("    ")
                            .append(frame.getSTEAsString())
                            .append('\n');
                }
            }
        }
        return line.toString();
    }
}
