package dev.vtpmd.daemon.swtpm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.swtpm.SwtpmDirectory.StoredState;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The texts are swtpm's, which some programs search with regular expressions instead of parsing them. */
final class PrintedJsonTest {
    @Test
    void capabilitiesHaveSwtpmsFormAndOrder() throws Exception {
        String text = Capabilities.json(AlgorithmProfile.DEFAULT, "1.2.3");

        assertThat(text)
                .startsWith("{ \"type\": \"swtpm\", \"features\": [ \"tpm-2.0\", \"tpm-send-command-header\", "
                        + "\"flags-opt-startup\", ")
                .contains("\"rsa-keysize-2048\", \"rsa-keysize-3072\"")
                .endsWith(" ], \"profiles\": { }, \"version\": \"1.2.3\" }");
        JsonNode features = new ObjectMapper().readTree(text).get("features");
        assertThat(features)
                .map(JsonNode::asText)
                .contains("cmdarg-pwd-fd", "cmdarg-migration")
                .doesNotContain("tpm-1.2");
    }

    @Test
    void noStates() {
        assertThat(StateListing.json(List.of())).isEqualTo("{ \"type\": \"swtpm\", \"states\": [] }");
    }

    @Test
    void twoStates() {
        assertThat(StateListing.json(List.of(new StoredState("permall", 1234), new StoredState("volatilestate", 9))))
                .isEqualTo("{ \"type\": \"swtpm\", \"states\": [ {\"name\": \"permall\", \"size\": 1234}, "
                        + "{\"name\": \"volatilestate\", \"size\": 9} ] }");
    }
}
