package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import org.junit.jupiter.api.Test;

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
