package dev.vtpmd.protocol.constant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class TpmRcTest {
    @ParameterizedTest
    @CsvSource({
        "0x000, TPM_RC_SUCCESS (0x000)",
        "0x2C4, TPM_RC_VALUE of parameter 2 (0x2C4)",
        "0x18B, TPM_RC_HANDLE of handle 1 (0x18B)",
        "0x98E, TPM_RC_AUTH_FAIL of session 1 (0x98E)",
        "0x09D, TPM_RC_POLICY_FAIL (0x09D)",
        "0x921, TPM_RC_LOCKOUT (0x921)",
        "0x7FF, unknown code of parameter 7 (0x7FF)"
    })
    void describesACodeWithItsLocation(int code, String description) {
        assertThat(TpmRc.describe(code)).isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource({"0x2C4, 0x084", "0x18B, 0x08B", "0x98E, 0x08E", "0x148, 0x148", "0x921, 0x921"})
    void knowsTheCodeWithoutItsLocation(int code, int base) {
        assertThat(TpmRc.withoutLocation(code)).isEqualTo(base);
    }
}
