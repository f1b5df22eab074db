package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No standard has values for XOR obfuscation. These were exchanged with swtpm 0.7.1 in a session with SHA-256 that was bound to a
 * key with the authValue "authorization": the answer to TPM2_ReadPublic for that key, whose public area the client had made.
 */
class XorObfuscationTest {
    private static final byte[] FIRST_NONCE_TPM =
            hex("f78f4fc60e7b608f36872c413e4a2742b8c57cb577a154915abfac4b287471d7");
    private static final byte[] FIRST_NONCE_CALLER =
            hex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");
    private static final byte[] SESSION_KEY = hex("21a4ebf5c78a9beadf2984150e8c5bc43829c4f72004f296e482980254023a4b");
    private static final byte[] NONCE_TPM = hex("7bf4eeb89ccbb6eb69f78dc497f6f81b8a32758d7ae792b15d8a7669267252d1");
    private static final byte[] NONCE_CALLER = hex("404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f");
    private static final byte[] PUBLIC_AREA = hex(
            "0023000b0004004000000010001000030010002060fed4ba255a9d31c961eb74c6356d68"
                    + "c049b8923b61fa6ce669622e60f29fb600207903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    private static final byte[] OBFUSCATED = hex(
            "c460c743090ff4155652cd48f8da93a8362d2d3e644d074b08beeb92854b78928e3035c0"
                    + "12099ea2a534bbe4df71d56303c6416cc9585788b35cdff87725ed8deb821549dbdd39db8269dbddf2d2a8ef3a48e482ea87");

    @Test
    void theSessionKeyIsTheOtherTpms() {
        byte[] authValue = "authorization".getBytes(StandardCharsets.US_ASCII);
        assertThat(new KeyDerivation()
                        .kdfa(TpmiAlgHash.SHA256, authValue, KdfLabel.ATH, FIRST_NONCE_TPM, FIRST_NONCE_CALLER, 256))
                .isEqualTo(SESSION_KEY);
    }

    @Test
    void revealsWhatAnotherTpmObfuscated() {
        byte[] data = OBFUSCATED.clone();
        apply(data, 0, data.length);
        assertThat(data).isEqualTo(PUBLIC_AREA);
    }

    @Test
    void obfuscatesOneParameterAndLeavesWhatIsAroundIt() {
        byte[] data = new byte[PUBLIC_AREA.length + 4];
        System.arraycopy(PUBLIC_AREA, 0, data, 2, PUBLIC_AREA.length);
        apply(data, 2, PUBLIC_AREA.length);
        assertThat(data)
                .asHexString()
                .isEqualToIgnoringCase("0000" + HexFormat.of().formatHex(OBFUSCATED) + "0000");
    }

    private static void apply(byte[] data, int offset, int length) {
        new XorObfuscation(new KeyDerivation())
                .apply(TpmiAlgHash.SHA256, SESSION_KEY, NONCE_TPM, NONCE_CALLER, data, offset, length);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
