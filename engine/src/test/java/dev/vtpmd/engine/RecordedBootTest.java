package dev.vtpmd.engine;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One measured boot of OVMF and Linux, recorded against swtpm, sent to a TPM of ours: each command must get the response that
 * it got then, byte for byte; only the response code is compared where the rest is random, or what a TPM says of itself.
 *
 * <p>What depends on randomness of the recorded TPM cannot be sent again: commands with an HMAC over its nonces, and what is
 * then done with the objects they made. A context that was saved is replaced by the one that ours saved at that place.
 */
class RecordedBootTest {
    /** CMD_INIT on the control channel; what comes before meets a TPM without power. */
    private static final String INIT = "control 00000002";

    private static final int CODE = 12;
    private static final String CONTEXT_SAVE = "00000162";
    private static final String CONTEXT_LOAD = "00000161";
    private static final String FLUSH_CONTEXT = "00000165";
    private static final String CREATE_PRIMARY = "00000131";
    private static final String START_AUTH_SESSION = "00000176";
    private static final String GET_CAPABILITY = "0000017A";
    private static final String GET_RANDOM = "0000017B";
    private static final String SESSIONS = "8002";
    /** Their responses are random or made of random seeds. */
    private static final Set<String> RANDOM = Set.of(CREATE_PRIMARY, CONTEXT_SAVE, START_AUTH_SESSION, GET_RANDOM);
    /**
     * What each kind of TPM says of itself: algorithms, commands, manufacturer, firmware version, sizes of commands and
     * responses, number of commands. The capability and, of TPM_CAP_TPM_PROPERTIES, the property.
     */
    private static final Set<String> OF_ITSELF = Set.of(
            "00000000",
            "00000002",
            "0000000600000105",
            "000000060000010B",
            "000000060000010C",
            "000000060000011E",
            "000000060000011F",
            "0000000600000129");

    /** Only the recorded TPM asks to repeat the first use of a protected authValue. */
    private static final String RETRY = "00000922";

    private final TestTpm tpm = new TestTpm();
    private final Map<String, String> contexts = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final List<String> differences = new ArrayList<>();
    private int sent;

    @Test
    void everyCommandGetsTheRecordedResponse() throws IOException {
        List<String[]> exchanges = exchanges();
        for (String[] exchange : exchanges) {
            replay(exchange[0], exchange[1]);
        }
        assertThat(differences).isEmpty();
        assertThat(exchanges).hasSize(299);
        assertThat(sent).isGreaterThan(200);
    }

    private void replay(String command, String recorded) {
        String code = command.substring(CODE, CODE + 8);
        if (dependsOnRandomness(command, code)) {
            if (returnsHandle(code) && recorded.startsWith("00000000", CODE)) {
                missing.add(recorded.substring(20, 28));
            }
            if (code.equals(CONTEXT_SAVE)) {
                missing.add(recorded.substring(20));
            }
            return;
        }
        if (code.equals(CONTEXT_LOAD)) {
            command = command.substring(0, 20) + contexts.get(command.substring(20));
        }
        String answer = tpm.send(fitted(command));
        sent++;
        if (returnsHandle(code)) {
            missing.remove(recorded.substring(20, 28));
        }
        if (code.equals(CONTEXT_SAVE)) {
            contexts.put(recorded.substring(20), answer.substring(20));
        }
        compare(command, code, recorded, answer);
    }

    private void compare(String command, String code, String recorded, String answer) {
        boolean sameCode = answer.startsWith(recorded.substring(CODE, CODE + 8), CODE);
        boolean sameBytes = answer.equals(recorded) || RANDOM.contains(code) || asksAboutItself(command, code);
        if (!sameCode || !sameBytes) {
            differences.add(command + "\n  recorded " + recorded + "\n  ours     " + answer);
        }
    }

    private static boolean asksAboutItself(String command, String code) {
        String rest = command.substring(CODE + 8);
        return code.equals(GET_CAPABILITY) && OF_ITSELF.stream().anyMatch(rest::startsWith);
    }

    private boolean dependsOnRandomness(String command, String code) {
        if (code.equals(CONTEXT_LOAD)) {
            return !contexts.containsKey(command.substring(20));
        }
        if (code.equals(FLUSH_CONTEXT) || code.equals(CONTEXT_SAVE)) {
            return missing.contains(command.substring(20, 28));
        }
        boolean onMissing = command.length() >= 28 && missing.contains(command.substring(20, 28));
        return onMissing || (command.startsWith(SESSIONS) && !command.contains("4000000900"));
    }

    private static boolean returnsHandle(String code) {
        return Set.of(START_AUTH_SESSION, CONTEXT_LOAD, CREATE_PRIMARY, "00000157")
                .contains(code);
    }

    /** The command with its size field set to its size, which differs where a context was replaced. */
    private static String fitted(String command) {
        return command.substring(0, 4) + "%08X".formatted(command.length() / 2) + command.substring(CODE);
    }

    /** Commands and their responses after the first power-on, in hexadecimal digits. */
    private static List<String[]> exchanges() throws IOException {
        List<String[]> exchanges = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                RecordedBootTest.class.getResourceAsStream("/traces/ovmf-linux-boot.txt"), StandardCharsets.UTF_8))) {
            String command = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String upper = line.toUpperCase(Locale.ROOT);
                if (line.startsWith(INIT)) {
                    exchanges.clear();
                } else if (line.startsWith("command ")) {
                    command = upper.substring("command ".length());
                } else if (line.startsWith("response ")) {
                    String response = upper.substring("response ".length());
                    if (!response.startsWith(RETRY, CODE)) {
                        exchanges.add(new String[] {command, response});
                    }
                }
            }
        }
        return exchanges;
    }
}
