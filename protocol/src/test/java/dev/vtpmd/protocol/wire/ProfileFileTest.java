package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ProfileFileTest {
    private static final Map<String, String> SMALL =
            Map.of("algorithms", "KEYEDHASH HMAC SHA256", "pcrBanks", "SHA256");

    @Test
    void aProfileIsWhatItsFileNames() {
        AlgorithmProfile profile = ProfileFile.profile("tiny", SMALL);

        assertThat(profile.name()).isEqualTo("tiny");
        assertThat(profile.algorithms()).containsExactly(TpmAlgId.HMAC, TpmAlgId.KEYEDHASH, TpmAlgId.SHA256);
        assertThat(profile.curves()).isEmpty();
        assertThat(profile.pcrBanks()).containsExactly(TpmiAlgHash.SHA256);
    }

    @ParameterizedTest
    @CsvSource({
        "algorithms, SHA257, SHA257",
        "algorithms, SHA256 NULL, NULL",
        "algorithms, SHA256 SHA256, SHA256",
        "algorithms, SHA256 ECC, curves",
        "curves, NIST_P256, curves",
        "algorithms, SHA256 AES, AES",
        "keyBits.RSA, 2048, keyBits.RSA",
        "pcrBanks, '', PCR banks",
        "pcrBanks, SHA384, PCR banks",
        "curve, NIST_P256, curve"
    })
    void whatCannotBeIsRefused(String key, String value, String problem) {
        assertThatThrownBy(() -> changed(SMALL, key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"SM4, 256", "TDES, 112", "AES, ''", "RSA, 2048 2048"})
    void everyCipherHasPossibleSizesOfKeys(String algorithm, String keyBits) {
        Map<String, String> file = new HashMap<>(SMALL);
        file.put("algorithms", "SHA256 " + algorithm);

        assertThatThrownBy(() -> changed(file, "keyBits." + algorithm, keyBits))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AlgorithmProfile changed(Map<String, String> file, String key, String value) {
        Map<String, String> changed = new HashMap<>(file);
        changed.put(key, value);
        return ProfileFile.profile("tiny", changed);
    }
}
