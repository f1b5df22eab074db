package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of GM/T 0003.5, annex C, whose encryption is the TPM's with SM3: the message "encryption standard". */
class EccEncryptionTest {
    private static final EccCurve CURVE = EccCurve.of(TpmEccCurve.SM2_P256);
    private static final EccPrivateKey KEY =
            EccPrivateKey.of(CURVE, hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"));
    private static final BigInteger EPHEMERAL =
            new BigInteger("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21", 16);
    private static final byte[] MESSAGE = "encryption standard".getBytes(StandardCharsets.US_ASCII);
    private static final EccPoint C1 = EccPoint.of(
            hex("04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"),
            hex("E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"));
    private static final byte[] C2 = hex("21886CA989CA9C7D58087307CA93092D651EFA");
    private static final byte[] C3 = hex("59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766");

    private final Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());

    @Test
    void encryptsAsInTheExample() {
        // Ecc.generate takes what it draws modulo the order less one, plus one.
        byte[] drawn = UnsignedIntegers.toBytes(EPHEMERAL.subtract(BigInteger.ONE), 40);
        EccEncryption.Encrypted encrypted =
                encryption(size -> drawn).encrypt(CURVE, ecc.publicPoint(KEY), TpmiAlgHash.SM3_256, MESSAGE);
        assertThat(encrypted.c1()).isEqualTo(C1);
        assertThat(encrypted.c2()).isEqualTo(C2);
        assertThat(encrypted.c3()).isEqualTo(C3);
    }

    @Test
    void decryptsTheExampleAndNothingElse() {
        assertThat(decrypt(TpmiAlgHash.SM3_256, C1, C2, C3)).isEqualTo(MESSAGE);
        assertThat(decrypt(TpmiAlgHash.SHA256, C1, C2, C3)).isNull();
        assertThat(decrypt(TpmiAlgHash.SM3_256, CURVE.generator(), C2, C3)).isNull();
        assertThat(decrypt(TpmiAlgHash.SM3_256, C1, C3, C3)).isNull();
        assertThat(decrypt(TpmiAlgHash.SM3_256, C1, C2, C2)).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = TpmEccCurve.class,
            names = {"NIST_P192", "NIST_P224", "NIST_P256", "NIST_P384", "NIST_P521", "BN_P256", "BN_P638"})
    void decryptsWhatItEncrypts(TpmEccCurve id) {
        EccCurve curve = EccCurve.of(id);
        EccEncryption encryption = encryption(AsymmetricProviders.random());
        EccPrivateKey key = ecc.generate(curve, AsymmetricProviders.random());
        byte[] message = new byte[1024];
        EccEncryption.Encrypted encrypted =
                encryption.encrypt(curve, ecc.publicPoint(key), TpmiAlgHash.SHA256, message);
        assertThat(encrypted.c2()).hasSize(1024).isNotEqualTo(message);
        assertThat(encryption.decrypt(key, TpmiAlgHash.SHA256, encrypted)).contains(message);
    }

    private byte[] decrypt(TpmiAlgHash hash, EccPoint c1, byte[] c2, byte[] c3) {
        return encryption(AsymmetricProviders.random())
                .decrypt(KEY, hash, new EccEncryption.Encrypted(c1, c2, c3))
                .orElse(null);
    }

    private EccEncryption encryption(KeyMaterialSource random) {
        return new EccEncryption(ecc, new Digests(), new KeyDerivation(), random);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
