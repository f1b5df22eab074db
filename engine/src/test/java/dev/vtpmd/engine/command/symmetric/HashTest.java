package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.LoadedTpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashTest {
    private static final int HASH = 0x17D;

    private static final String SHA256 = "000B";
    private static final String OWNER = "40000001";
    private static final String NULL = "40000007";
    private static final String NULL_TICKET = "8024" + "40000007" + "0000";

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void hashesAsFips180Says() {
        assertThat(tpm.run(HASH, "", "0003 616263" + SHA256 + NULL))
                .isEqualTo("0020" + "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD" + NULL_TICKET);
        assertThat(tpm.run(HASH, "", "0003 616263" + "0004" + NULL))
                .isEqualTo("0014" + "A9993E364706816ABA3E25717850C26C9CD0D89D" + NULL_TICKET);
    }

    /** GB/T 32905, annex A.1; the examples that NIST publishes with FIPS 202. */
    @ParameterizedTest
    @CsvSource({
        "0012, 66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0",
        "0027, 3A985DA74FE225B2045C172D6BD390BD855F086E3E9D525B46BFE24511431532",
        "0028, EC01498288516FC926459F58E2C6AD8DF9B473CB0FC08C2596DA7CF0E49BE4B2" + "98D88CEA927AC7F539F1EDF228376D25",
        "0029, B751850B1A57168A5693CD924B6B096E08F621827444F70D884F5D0240D2712E"
                + "10E116E9192AF3C91A7EC57647E3934057340B4CF408D5A56592F8274EEC53F0"
    })
    void hashesWithTheOtherAlgorithmsOfTheFullProfile(String algorithm, String digest) {
        String response = TestTpm.started("full").send("8001 00000015 0000017D 0003 616263" + algorithm + NULL);

        assertThat(response.substring(20)).isEqualTo("%04X".formatted(digest.length() / 2) + digest + NULL_TICKET);
    }

    @Test
    void givesATicketUnlessTheDataBeginsAsAnAttestation() {
        assertThat(tpm.run(HASH, "", "0003 616263" + SHA256 + OWNER)).contains("8024" + OWNER + "0040");
        assertThat(tpm.run(HASH, "", "0000" + SHA256 + OWNER)).contains("8024" + OWNER + "0040");
        assertThat(tpm.run(HASH, "", "0003 FF5443" + SHA256 + OWNER)).contains("8024" + OWNER + "0040");
        assertThat(tpm.run(HASH, "", "0004 FF544347" + SHA256 + OWNER)).endsWith(NULL_TICKET);
    }

    @Test
    void refusesBadParameters() {
        assertThat(tpm.code(HASH, "", "0401" + "00".repeat(1025) + SHA256 + NULL))
                .isEqualTo(0x1D5);
        assertThat(tpm.code(HASH, "", "0000" + "0010" + NULL)).isEqualTo(0x2C3);
        assertThat(tpm.code(HASH, "", "0000" + SHA256 + "4000000A")).isEqualTo(0x3C4);
    }
}
