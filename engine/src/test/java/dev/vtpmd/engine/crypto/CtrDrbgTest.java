package dev.vtpmd.engine.crypto;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class CtrDrbgTest {
    /** NIST's CAVP vectors for CTR_DRBG, AES-256 without derivation function and without reseeding, the first: two requests. */
    @Test
    void publishedValues() {
        CtrDrbg generator = new CtrDrbg(
                HexFormat.of()
                        .parseHex(
                                "df5d73faa468649edda33b5cca79b0b05600419ccb7a879ddfec9db32ee494e5531b51de16a30f769262474c73bec010"));
        byte[] bytes = new byte[64];
        generator.generate(bytes, 0, 64);
        generator.generate(bytes, 0, 64);
        assertThat(bytes)
                .asHexString()
                .isEqualToIgnoringCase("d1c07cd95af8a7f11012c84ce48bb8cb87189e99d40fccb1771c619bdf82ab22"
                        + "80b1dc2f2581f39164f7ac0c510494b3a43c41b7db17514c87b107ae793e01c5");
    }
}
