package dev.vtpmd.store.export;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ExportFileTest {
    private static final UUID TPM = UUID.fromString("0d4b1a52-3b6c-4a4e-9a51-5d2f1c6b7e80");
    private static final UUID HANDOVER = UUID.fromString("9c1d6c7e-1f7e-4c0c-8d53-0a3c1b2d4e5f");

    private final X25519PrivateKeyParameters recipient = new X25519PrivateKeyParameters(new SecureRandom());
    private final X25519PrivateKeyParameters sender = new X25519PrivateKeyParameters(new SecureRandom());

    private static ExportedTpm tpm() {
        return new ExportedTpm(
                TPM,
                "guest",
                7,
                HANDOVER,
                Map.of("migration", "allow"),
                "the permanent state".getBytes(StandardCharsets.US_ASCII),
                Optional.of("the volatile state".getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] sealed() {
        return ExportFile.seal(tpm(), recipient.generatePublicKey(), Optional.of(sender));
    }

    private ExportedTpm open(byte[] file) throws ExportException {
        return ExportFile.open(file, recipient, Optional.of(sender.generatePublicKey()));
    }

    @Test
    void theRecipientGetsTheWholeTpm() throws ExportException {
        ExportedTpm opened = open(sealed());

        assertThat(opened.instance()).isEqualTo(TPM);
        assertThat(opened.name()).isEqualTo("guest");
        assertThat(opened.handover()).isEqualTo(7);
        assertThat(opened.id()).isEqualTo(HANDOVER);
        assertThat(opened.settings()).isEqualTo(Map.of("migration", "allow"));
        assertThat(opened.permanentState()).asString().isEqualTo("the permanent state");
        assertThat(opened.volatileState())
                .hasValueSatisfying(state -> assertThat(state).asString().isEqualTo("the volatile state"));
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] file = sealed();
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;

            assertThatThrownBy(() -> open(changed)).as("byte %d", i).isInstanceOf(ExportException.class);
        }
    }

    @Test
    void everyFileThatIsCutOffIsNoticed() {
        byte[] file = sealed();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);

            assertThatThrownBy(() -> open(cut)).as("%d bytes", length).isInstanceOf(ExportException.class);
        }
    }

    @Test
    void nobodyElseCanOpenIt() {
        assertThatThrownBy(() -> ExportFile.open(sealed(), sender, Optional.empty()))
                .isInstanceOf(ExportException.class)
                .hasMessage("is encrypted for another key");
    }

    @Test
    void nobodyElseCanHaveSentIt() {
        X25519PrivateKeyParameters forger = new X25519PrivateKeyParameters(new SecureRandom());
        byte[] forged = ExportFile.seal(tpm(), recipient.generatePublicKey(), Optional.of(forger));
        byte[] anonymous = ExportFile.seal(tpm(), recipient.generatePublicKey(), Optional.empty());

        assertThatThrownBy(() -> open(forged))
                .isInstanceOf(ExportException.class)
                .hasMessage("was changed, or sent by somebody else");
        assertThatThrownBy(() -> open(anonymous))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("does not say who has sent it");
        assertThatThrownBy(() -> ExportFile.open(sealed(), recipient, Optional.empty()))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("give the sender's public key");
    }

    /** RFC 9180, A.1.1.1, its first encryption: the same suite but for AES-128-GCM, of which it has no vectors with 256 bits. */
    @Test
    void hpkeIsThatOfTheStandard() throws Exception {
        HPKE hpke = new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
        AsymmetricCipherKeyPair key = hpke.deserializePrivateKey(
                Hex.decode("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
                Hex.decode("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d"));

        byte[] opened = hpke.open(
                Hex.decode("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
                key,
                Hex.decode("4f6465206f6e2061204772656369616e2055726e"),
                Hex.decode("436f756e742d30"),
                Hex.decode(
                        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"),
                null,
                null,
                null);

        assertThat(opened).asString(StandardCharsets.US_ASCII).isEqualTo("Beauty is truth, truth beauty");
    }

    @Test
    void keysAreWhatOpensslWrites() throws ExportException {
        // RFC 8410, 10.3 has an Ed25519 key; this pair is RFC 7748's, 6.1 (Alice), in the same form for X25519 (OID
        // 1.3.101.110).
        byte[] privateKey = """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VuBCIEIHcHbQpzGKV9PBbBclGyZkXfTC+H68CZKrF3+6UduSwq
                -----END PRIVATE KEY-----
                """.getBytes(StandardCharsets.US_ASCII);
        byte[] publicKey = """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VuAyEAhSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=
                -----END PUBLIC KEY-----
                """.getBytes(StandardCharsets.US_ASCII);

        X25519PublicKeyParameters expected = TransferKey.publicKey("public", publicKey);
        assertThat(TransferKey.privateKey("private", privateKey)
                        .generatePublicKey()
                        .getEncoded())
                .isEqualTo(expected.getEncoded());
        assertThatThrownBy(() -> TransferKey.privateKey("public", publicKey))
                .hasMessage("public: is no X25519 private key in PEM");
    }
}
