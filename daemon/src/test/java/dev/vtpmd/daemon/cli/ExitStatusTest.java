package dev.vtpmd.daemon.cli;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What is documented of exit statuses is what the program has. */
final class ExitStatusTest {
    private static final Pattern TABLE = Pattern.compile("^\\| ([0-9]) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern MANUAL = Pattern.compile("^\\*([0-9])\\*::\n  (.*)$", Pattern.MULTILINE);

    private static List<String> lines(Pattern line, String... file) throws IOException {
        String text = Files.readString(Path.of("..", file));
        return line.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    private static List<String> coded() {
        return Arrays.stream(ExitStatus.values())
                .map(status -> status.code() + " " + status.meaning())
                .toList();
    }

    @Test
    void theGuideSaysWhatTheProgramDoes() throws IOException {
        assertThat(lines(TABLE, "docs", "administration.md")).isEqualTo(coded());
    }

    @Test
    void theManualPagesSayWhatTheProgramDoes() throws IOException {
        assertThat(lines(MANUAL, "packaging", "man", "exit-status.adoc")).isEqualTo(coded());
    }
}
