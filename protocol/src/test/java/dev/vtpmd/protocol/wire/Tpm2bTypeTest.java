package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class Tpm2bTypeTest {
    /** With SHA-512, P-521 and RSA of 4096 bits as the largest. swtpm 0.7.1 takes a NAME of 68 bytes, and none of 69. */
    @ParameterizedTest
    @CsvSource({
        "DIGEST, 64",
        "NONCE, 64",
        "AUTH, 64",
        "OPERAND, 64",
        "DATA, 66",
        "EVENT, 1024",
        "MAX_BUFFER, 1024",
        "MAX_NV_BUFFER, 1024",
        "TIMEOUT, 8",
        "IV, 16",
        "NAME, 68",
        "SYM_KEY, 32",
        "LABEL, 32",
        "SENSITIVE_DATA, 128",
        "PUBLIC_KEY_RSA, 512",
        "PRIVATE_KEY_RSA, 1280",
        "ECC_PARAMETER, 66",
        "ENCRYPTED_SECRET, 512",
        "ID_OBJECT, 132"
    })
    void theLargestSizesOfADefaultTpm(Tpm2bType type, int maximum) {
        assertThat(type.maximum(AlgorithmProfile.DEFAULT)).isEqualTo(maximum);
    }

    @Test
    void theLargestSizesFollowTheProfile() {
        assertThat(Tpm2bType.DIGEST.maximum(Profiles.SMALL)).isEqualTo(32);
        assertThat(Tpm2bType.DATA.maximum(Profiles.SMALL)).isEqualTo(34);
        assertThat(Tpm2bType.PUBLIC_KEY_RSA.maximum(Profiles.SMALL)).isZero();
        assertThat(Tpm2bType.ECC_PARAMETER.maximum(Profiles.EVERYTHING))
                .as("BN P-638")
                .isEqualTo(80);
    }

    @ParameterizedTest
    @EnumSource
    void oneByteMoreIsRefused(Tpm2bType type) {
        int maximum = type.maximum(AlgorithmProfile.DEFAULT);

        assertThat(type.read(reader(maximum)).size()).isEqualTo(maximum);
        assertThatTpmAnswers(TpmRc.SIZE, () -> type.read(reader(maximum + 1)));
    }

    private static TpmReader reader(int size) {
        return new TpmReader(TpmWriter.toByteArray(Tpm2b.zeros(size)::write), AlgorithmProfile.DEFAULT);
    }
}
