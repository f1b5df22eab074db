package dev.vtpmd.engine.command.signature;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerifySignatureTest {
    private static final int VERIFY_SIGNATURE = 0x177;

    /** SHA-256 of "sample" and its signature from RFC 6979, A.2.5. */
    private static final String DIGEST = "0020 AF2BDBE1AA9B6EC1E2ADE1D694F41FC71A831D0268E9891562113D8A62ADD1BF";

    private static final String SIGNATURE = "0018 000B"
            + "0020 EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
            + "0020 F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void givesATicketOfTheHierarchyOfTheKey() {
        String key = tpm.load(TestKeys.publicOnly(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL)));
        assertThat(tpm.run(VERIFY_SIGNATURE, key, DIGEST + SIGNATURE))
                .startsWith("8022" + "40000001" + "0040")
                .hasSize(2 * (2 + 4 + 2 + 64));
    }

    @Test
    void givesTheNullTicketForAKeyOfTheNullHierarchy() {
        String key = tpm.load(TestKeys.in(TpmRh.NULL, TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL)));
        assertThat(tpm.run(VERIFY_SIGNATURE, key, DIGEST + SIGNATURE)).isEqualTo("8022" + "40000007" + "0000");
    }

    @Test
    void refusesKeysThatDoNotSign() {
        String decrypting = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String sequence = tpm.load(SequenceObject.hash(Tpm2b.EMPTY, TpmiAlgHash.SHA256));
        assertThat(tpm.code(VERIFY_SIGNATURE, decrypting, DIGEST + SIGNATURE)).isEqualTo(0x182);
        assertThat(tpm.code(VERIFY_SIGNATURE, sequence, DIGEST + SIGNATURE)).isEqualTo(0x182);
    }

    @Test
    void numbersWhatIsWrongWithTheSignature() {
        String rsa = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String ecc = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(tpm.code(VERIFY_SIGNATURE, rsa, DIGEST + SIGNATURE)).isEqualTo(0x2D2);
        assertThat(tpm.code(VERIFY_SIGNATURE, ecc, "0004 01020304" + SIGNATURE)).isEqualTo(0x2DB);
        assertThat(tpm.code(VERIFY_SIGNATURE, ecc, DIGEST + "0010")).isEqualTo(0x2D2);
    }
}
