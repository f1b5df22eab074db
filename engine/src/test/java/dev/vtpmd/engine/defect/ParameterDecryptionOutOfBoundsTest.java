package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2023-1017 and CVE-2023-1018: the reference implementation took the size of an encrypted first parameter from the command
 * without looking how many bytes were left, and so decrypted two bytes behind the command (a write out of bounds) or read the
 * size itself from there.
 */
class ParameterDecryptionOutOfBoundsTest {
    private static final int OWNER = 0x40000001;
    private static final int STIR_RANDOM = 0x146;
    private static final int SURROUNDINGS = 64;
    private static final byte UNTOUCHED = (byte) 0xEE;
    private static final byte[] NONE = {};

    private final TestTpm tpm = TestTpm.started();

    /** TPM_RC_INSUFFICIENT without a whole size field, TPM_RC_SIZE for more than is there, both of session 1. */
    @ParameterizedTest
    @CsvSource({
        "'', 99A",
        "00, 99A",
        "FF, 99A",
        "0001, 995",
        "0002 01, 995",
        "0003 0102, 995",
        "0004 0102, 995",
        "7FFF 0102, 995",
        "8000 0102, 995",
        "FFFE 0102, 995",
        "FFFF 0102, 995",
        "0000, 000",
        "0002 0102, 000"
    })
    void theSizeOfAnEncryptedParameterIsLimitedByWhatIsLeft(String parameters, String code) {
        for (String symmetric : new String[] {TssSession.AES_128_CFB, TssSession.AES_256_CFB, TssSession.XOR_SHA256}) {
            TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, symmetric, OWNER, NONE);
            TssCommand command = TssCommand.of(STIR_RANDOM)
                    .authorization(TssAuthorization.extra(session, TssSession.DECRYPT))
                    .parameters(parameters)
                    .withoutEncryption();
            assertThat(codeAmongOtherBytes(command)).isEqualTo(Integer.parseInt(code, 16));
            if (!code.equals("000")) {
                flush(session);
            }
        }
    }

    /** A size that reaches into the next parameter takes that away, and no more. */
    @ParameterizedTest
    @ValueSource(strings = {"0015", "0016"})
    void aSizeThatTakesInTheNextParameterLeavesThatIncomplete(String size) {
        TssNvIndex index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH, NONE, 32);
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        TssCommand command = index.write()
                .authorization(TssAuthorization.hmac(session, TssSession.DECRYPT, NONE))
                .parameters(size + "00".repeat(20) + "0000")
                .withoutEncryption();
        assertThat(codeAmongOtherBytes(command))
                .as("INSUFFICIENT of parameter 2")
                .isEqualTo(0x2DA);
    }

    /** Executes a command that stands in the middle of an array, of which nothing else may change. */
    private int codeAmongOtherBytes(TssCommand command) {
        byte[] bytes = command.bytes();
        byte[] all = new byte[bytes.length + 2 * SURROUNDINGS];
        Arrays.fill(all, UNTOUCHED);
        System.arraycopy(bytes, 0, all, SURROUNDINGS, bytes.length);
        TpmWriter response = tpm.tpm().execute(0, all, SURROUNDINGS, bytes.length);
        assertThat(tpm.tpm().takeFault()).isNull();
        assertThat(Arrays.copyOf(all, SURROUNDINGS)).as("bytes before").containsOnly(UNTOUCHED);
        assertThat(Arrays.copyOfRange(all, SURROUNDINGS + bytes.length, all.length))
                .as("bytes behind")
                .containsOnly(UNTOUCHED);
        return TestTpm.codeOf(HexFormat.of().formatHex(response.toByteArray()));
    }

    private void flush(TssSession session) {
        assertThat(tpm.code("8001 0000000E 00000165" + session.handleHex())).isZero();
    }
}
