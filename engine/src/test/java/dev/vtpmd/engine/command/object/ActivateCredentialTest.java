package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_MakeCredential and TPM2_ActivateCredential (Part 1, 24); the codes are those of swtpm 0.7.1. */
class ActivateCredentialTest {
    private static final String TWO_PASSWORDS = "00000012 40000009 0000 01 0000 40000009 0000 01 0000";
    private static final String CREDENTIAL = "0004 C0FFEE00";

    private final TestTpm tpm = TestTpm.started();
    private String key;
    private String blob;
    private String secret;

    @BeforeEach
    void makeCredential() {
        key = ObjectCommands.createStorageKey(tpm, "4000000B");
        String response = ObjectCommands.sendPlain(tpm, "00000173", key);
        String name = ObjectCommands.sized(response, 20, 2).get(1);
        List<String> made =
                ObjectCommands.sized(ObjectCommands.sendPlain(tpm, "00000168", key + CREDENTIAL + name), 20, 2);
        blob = made.get(0);
        secret = made.get(1);
    }

    @Test
    void givesTheCredentialToTheRightObject() {
        String response = ObjectCommands.send(tpm, "00000147", key + key + TWO_PASSWORDS + blob + secret);
        assertThat(response.substring(28)).startsWith("0004C0FFEE00");
    }

    @Test
    void refusesAnotherObject() {
        String other = ObjectCommands.createStorageKey(tpm, "40000001");
        assertThat(code(other, blob, secret)).isEqualTo(0x1DF);
    }

    @Test
    void refusesABlobThatIsEmpty() {
        assertThat(code(key, "0000", secret)).isEqualTo(0x1DA);
    }

    @Test
    void refusesASecretThatIsEmptyOrNotOnTheCurve() {
        assertThat(code(key, blob, "0000")).isEqualTo(0x2DA);
        char last = secret.charAt(secret.length() - 1);
        String changed = secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0');
        assertThat(code(key, blob, changed)).isEqualTo(0x2E7);
    }

    private int code(String object, String credentialBlob, String encryptedSecret) {
        String body = object + key + TWO_PASSWORDS + credentialBlob + encryptedSecret;
        return tpm.code(ObjectCommands.command("8002", "00000147", body));
    }
}
