package dev.vtpmd.daemon.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class VtpmdTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int execute(String... words) {
        CommandLine command = Vtpmd.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create             | vtpmd create: Missing required parameter: 'NAME' (see: vtpmd create --help)",
                "create a --tcp=x   | vtpmd create: Invalid value for option '--tcp': 'x' is not an int (see: vtpmd create --help)",
                "list --jsn         | vtpmd list: Unknown option: '--jsn' (see: vtpmd list --help)",
                "lst                | vtpmd: Unmatched argument at index 0: 'lst' (see: vtpmd --help)"
            })
    void aWrongCommandLineGetsOneLineAndStatus2(String words, String line) {
        int status = execute(words.split(" "));

        assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
        assertThat(status).isEqualTo(2);
    }

    @Test
    void withoutAServiceThereIsOneLineAndStatus3() {
        int status = execute("list", "--run-dir", directory.toString());

        assertThat(err.toString())
                .isEqualTo("vtpmd list: no vtpmd service is running at " + directory
                        + "/vtpmd.admin: there is no such socket" + System.lineSeparator());
        assertThat(status).isEqualTo(3);
    }

    @Test
    void helpNamesEveryCommandButTheOneOfTheBuild() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString())
                .contains("serve", "create", "list", "show", "destroy", "qemu-args")
                .doesNotContain("rehearse");
    }

    /** But those that print nothing: the service itself, and what the build runs. */
    @Test
    void everyCommandPrintsJsonIfAsked() {
        List<String> without = new ArrayList<>();
        collectWithoutJson(Vtpmd.commandLine(), without);

        assertThat(without).containsExactly("vtpmd serve", "vtpmd rehearse");
    }

    private static void collectWithoutJson(CommandLine command, List<String> names) {
        for (CommandLine each : command.getSubcommands().values()) {
            if (each.getSubcommands().isEmpty()
                    && !each.getCommandSpec().optionsMap().containsKey("--json")) {
                names.add(each.getCommandSpec().qualifiedName());
            }
            collectWithoutJson(each, names);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "import FILE --key /dev/zero, /dev/zero: is larger than a key",
        "export a FILE --to /dev/zero, /dev/zero: is larger than a key",
        "ca install /dev/zero, /dev/zero: is larger than certificates are",
        "inspect /dev/zero, /dev/zero: is neither a file nor a folder"
    })
    void aFileWithoutEndIsRefusedInOneLine(String words, String line) {
        int status = execute(words.replace("FILE", directory + "/file").split(" "));

        assertThat(err.toString())
                .endsWith(": " + line + System.lineSeparator())
                .hasLineCount(1);
        assertThat(status).isEqualTo(1);
    }
}
