package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.swtpm.CommandLineWords.Given;
import dev.vtpmd.daemon.swtpm.CommandLineWords.Option;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rules are those of getopt_long(3). */
final class CommandLineWordsTest {
    private final CommandLineWords words = new CommandLineWords(List.of(
            new Option("port", 'p', true),
            new Option("pid", '\0', true),
            new Option("terminate", 't', false),
            new Option("tpm2", '\0', false),
            new Option("tpmstate", '\0', true)));

    @Test
    void valuesStandInTheWordOrInTheNext() throws UsageException {
        assertThat(words.parse(List.of("--pid", "file=a", "--pid=file=b", "-p", "1", "-p2")))
                .containsExactly(
                        new Given("pid", "file=a"),
                        new Given("pid", "file=b"),
                        new Given("port", "1"),
                        new Given("port", "2"));
    }

    @Test
    void shortOptionsStandTogether() throws UsageException {
        assertThat(words.parse(List.of("-tp", "1")))
                .containsExactly(new Given("terminate", ""), new Given("port", "1"));
    }

    @Test
    void longOptionsMayBeAbbreviated() throws UsageException {
        assertThat(words.parse(List.of("--ter", "--tpm2")))
                .containsExactly(new Given("terminate", ""), new Given("tpm2", ""));
    }

    @Test
    void anAbbreviationOfSeveralOptionsIsRefused() {
        assertThatThrownBy(() -> words.parse(List.of("--tpm"))).hasMessage("option '--tpm' is ambiguous");
    }

    @Test
    void whatIsNoOptionIsRefused() {
        assertThatThrownBy(() -> words.parse(List.of("--other"))).hasMessage("unknown option '--other'");
        assertThatThrownBy(() -> words.parse(List.of("-x"))).hasMessage("unknown option '-x'");
        assertThatThrownBy(() -> words.parse(List.of("word"))).hasMessage("unknown parameter 'word'");
    }

    @Test
    void aMissingOrUnwantedValueIsRefused() {
        assertThatThrownBy(() -> words.parse(List.of("--port"))).hasMessage("option '--port' needs a value");
        assertThatThrownBy(() -> words.parse(List.of("-p"))).hasMessage("option '-p' needs a value");
        assertThatThrownBy(() -> words.parse(List.of("--tpm2=yes")))
                .hasMessage("option '--tpm2' does not take a value");
    }
}
