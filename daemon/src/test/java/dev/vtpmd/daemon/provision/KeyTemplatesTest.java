package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Templates of EKs as tpm2_createek of tpm2-tools 5.4 sends them; those of IDevID and IAK after table 10 of "TPM 2.0 Keys for Device
 * Identity and Attestation", with the policies of swtpm_setup 0.11.
 */
class KeyTemplatesTest {
    private static final String POLICY_A = "0020837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";
    private static final String POLICY_B_SHA384 =
            "0030b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4" + "cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12";
    private static final String POLICY_B_SHA512 = "0040b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59ef79e49a4"
            + "29c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea";

    private static String template(TpmtPublic template) {
        return HexFormat.of().formatHex(TpmWriter.toByteArray(template::write));
    }

    @Test
    void anRsa2048EkIsOfTheLowRange() {
        assertThat(template(EndorsementKey.RSA2048.template()))
                .isEqualTo("0001000b000300b2" + POLICY_A + "00060080004300100800000000000100" + "00".repeat(256));
    }

    @Test
    void anEccP256EkIsOfTheLowRange() {
        assertThat(template(EndorsementKey.ECC_P256.template()))
                .isEqualTo("0023000b000300b2" + POLICY_A + "0006008000430010000300100020" + "00".repeat(32) + "0020"
                        + "00".repeat(32));
    }

    @Test
    void otherEksAreOfTheHighRange() {
        assertThat(template(EndorsementKey.ECC_P384.template()))
                .isEqualTo("0023000c000300f2" + POLICY_B_SHA384 + "00060100004300100004001000000000");
        assertThat(template(EndorsementKey.ECC_P521.template()))
                .isEqualTo("0023000d000300f2" + POLICY_B_SHA512 + "00060100004300100005001000000000");
        assertThat(template(EndorsementKey.RSA3072.template()))
                .isEqualTo("0001000c000300f2" + POLICY_B_SHA384 + "00060100004300100c00000000000000");
        assertThat(template(EndorsementKey.RSA4096.template()))
                .isEqualTo("0001000c000300f2" + POLICY_B_SHA384 + "00060100004300101000000000000000");
    }

    @Test
    void theStorageRootKeyIsThatOfTheProvisioningGuidance() {
        assertThat(template(KeyTemplates.storageRoot()))
                .isEqualTo("0001000b000304720000" + "00060080004300100800000000000100" + "00".repeat(256));
    }

    @Test
    void theDeviceHasAKeyThatSignsAndOneThatAttests() {
        assertThat(template(IdentityKey.IDEVID.template()))
                .isEqualTo("0023000c000400f20030"
                        + "4db1aa836d0b5615df6ee53a40ef70c61c217f4303d44695925972bc927006cf"
                        + "a5cbdf6dc18c4dbe329b2f1542c3dd33"
                        + "00100018000c000400100006494445564944" + "0000");
        assertThat(template(IdentityKey.IAK.template()))
                .isEqualTo("0023000c000500f20030"
                        + "129d94ebf84556652c6eef43bbb757512ac87e52be7b349ca6ce4d826f749fcf"
                        + "672f51716c5cbb605f313bf345aab312"
                        + "00100018000c00040010000349414b" + "0000");
    }

    /** TPM v2.0 Provisioning Guidance, table 2; EK Credential Profile 2.5, 2.2.1.4 and 2.2.1.5. */
    @Test
    void keysAndCertificatesAreWhereTheTcgWantsThem() {
        assertThat(EndorsementKey.values())
                .extracting(key -> "%s %08X %08X".formatted(key.word(), key.handle(), key.certificateIndex()))
                .containsExactly(
                        "rsa2048 81010001 01C00002",
                        "ecc-p256 8101000A 01C0000A",
                        "ecc-p384 81010016 01C00016",
                        "ecc-p521 81010018 01C00018",
                        "rsa3072 8101001C 01C0001C",
                        "rsa4096 8101001E 01C0001E");
    }
}
