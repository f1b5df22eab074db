package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is wrong with a template, a public area or a handle, in the response codes of a peer: response-codes.csv is one long
 * conversation with swtpm. Left out of it is what newer libtpms answers differently.
 */
class ResponseCodesTest {
    @Test
    void objectCommandsAnswerAsSwtpmDoes() throws IOException {
        TestTpm tpm = TestTpm.started();
        SoftAssertions codes = new SoftAssertions();
        for (String line : conversation()) {
            String[] fields = line.split(",");
            codes.assertThat("%03X".formatted(tpm.code(fields[1])))
                    .as(fields[0])
                    .isEqualTo(fields[2]);
        }
        codes.assertAll();
    }

    private static List<String> conversation() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                ResponseCodesTest.class.getResourceAsStream("response-codes.csv"), StandardCharsets.US_ASCII))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
