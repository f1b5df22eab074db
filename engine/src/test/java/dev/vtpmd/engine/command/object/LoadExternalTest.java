package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_LoadExternal of RSA keys that are none. Its other codes are in response-codes.csv. */
class LoadExternalTest {
    private static final String RSA_DECRYPT = "00000159";

    /** 255 * 2^1016 + 1: it has its highest bits SET, but is no prime. */
    private static final BigInteger COMPOSITE =
            new BigInteger("FF", 16).shiftLeft(1016).add(BigInteger.ONE);

    private static final BigInteger OTHER_COMPOSITE =
            new BigInteger("F3", 16).shiftLeft(1016).add(BigInteger.valueOf(9));

    private final TestTpm tpm = TestTpm.started();

    @Test
    void refusesAModulusThatIsASquareAsSwtpmDoes() {
        assertThat(tpm.code(loadExternal(COMPOSITE, COMPOSITE))).isEqualTo(0x0A5);
    }

    @Test
    void aKeyWhoseFactorsAreNoPrimesFailsWhenItIsUsed() {
        String key = ObjectCommands.handle(tpm.send(loadExternal(COMPOSITE, OTHER_COMPOSITE)));
        String ciphertext = "0100" + "01".repeat(256);
        String body = key + "00000009 40000009 0000 01 0000" + ciphertext + "0010 0000";
        assertThat(tpm.code(ObjectCommands.command("8002", RSA_DECRYPT, body))).isEqualTo(0x101);
        assertThat(tpm.code("8001 0000000E 00000165" + key)).isZero();
    }

    private static String loadExternal(BigInteger factor, BigInteger otherFactor) {
        String modulus = factor.multiply(otherFactor).toString(16);
        String inPrivate = "0088 0001 0000 0000 0080" + factor.toString(16);
        String inPublic = "0116 0001 000B 00060040 0000 0010 0010 0800 00000000 0100" + modulus;
        return ObjectCommands.command("8001", "00000167", inPrivate + inPublic + "40000007");
    }
}
