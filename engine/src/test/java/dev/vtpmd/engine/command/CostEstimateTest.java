package dev.vtpmd.engine.command;

import dev.vtpmd.engine.CommandCost;
import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** What an event loop may run is what takes some tens of microseconds, and never what waits for stable storage. */
class CostEstimateTest {
    private static final String PASSWORD = "00000009 40000009 0000 00 0000";

    @ParameterizedTest
    @CsvSource({
        "GetRandom,     8001 0000000C 0000017B 0020, LIGHT",
        "PCR_Read,      8001 00000014 0000017E 00000001 000B 03 010000, LIGHT",
        "Clear,         8002 0000001B 00000126 4000000C 00000009 40000009 0000 00 0000, DURABLE",
        "SelfTest,      8001 0000000B 00000143 01, KEY_GENERATION",
        "none,          8001 0000000A 00000000, LIGHT",
        "half a header, 8001 0000, LIGHT",
    })
    void commandsThatTheTableSaysAllOf(String name, String command, CommandCost cost) {
        assertThat(cost(command)).as(name).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({
        "ECC P-256,   0018 0023 000B 00040472 0000 0010 0018 000B 0003 0010 0000 0000, LIGHT",
        "ECC BN-P256, 0018 0023 000B 00040472 0000 0010 0018 000B 0010 0010 0000 0000, KEY_GENERATION",
        "HMAC,        0010 0008 000B 00040472 0000 0005 000B 0000, LIGHT",
        "AES,         0012 0025 000B 00060472 0000 0006 0080 0043 0000, LIGHT",
        "RSA-2048,    0018 0001 000B 00040472 0000 0010 0014 000B 0800 00000000 0000, KEY_GENERATION",
    })
    void newKeys(String name, String template, CommandCost cost) {
        String primary = "8002 00000000 00000131 40000007" + PASSWORD + "0004 0000 0000" + template + "0000 00000000";
        assertThat(cost(primary)).as(name).isEqualTo(cost);
        String loaded = "8002 00000000 00000191 40000007" + PASSWORD + "0004 0000 0000" + template;
        assertThat(cost(loaded)).as(name).isEqualTo(cost);
    }

    /** Every beginning of a command, and sizes that lead out of it. */
    @Test
    void malformedCreations() {
        String command = "80020000000000000131" + "40000007" + PASSWORD.replace(" ", "") + "00040000" + "0000"
                + "00180023000B00040472000000100018000B000300100000";
        for (int end = 20; end <= command.length(); end += 2) {
            assertThat(cost(command.substring(0, end))).isEqualTo(CommandCost.KEY_GENERATION);
        }
        for (String size : new String[] {"FFFFFFFF", "80000000", "FFFFFFF0", "7FFFFFFF"}) {
            assertThat(cost(command.replace("00000009" + "40000009", size + "40000009")))
                    .isEqualTo(CommandCost.KEY_GENERATION);
        }
    }

    private static CommandCost cost(String command) {
        byte[] bytes = HexFormat.of().parseHex(command.replace(" ", ""));
        return TestTpm.started("full").tpm().cost(bytes, 0, bytes.length);
    }
}
