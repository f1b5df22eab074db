package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * States written by real libtpms. What they hold is what was set through it: auth {@code nvpw} and bytes 00 to 3F for NV index
 * 0x01500001, three increments of the counter 0x01500002, {@code orderly-contents} in 0x01500007, two increments of the orderly
 * counter 0x0150000A, {@code sealed secret} with auth {@code sealpw} in 0x81000003, maxTries 5, the digest of {@code zero} extended
 * into PCR 0 and that of {@code sixteen} into PCR 16.
 */
final class LibtpmsStateTest {
    private static final String STARTUP_CLEAR = "8001 0000000C 00000144 0000";
    private static final String STARTUP_STATE = "8001 0000000C 00000144 0001";
    private static final String PCR_0 = "A00D17076A1EFDA710F0914DB21FBB1CB1F85B222DE3249D2CE9E9B803CA175E";
    private static final String PCR_16 = "44EBEA924BFAD45F7315A1AB8B1B6134885BA7F0734322B295DA7416592AB011";

    @ParameterizedTest
    @CsvSource({
        "0.7-running, 81000001, 000BEDDF4D520D91790716A82AA14AD7908746D0E6F7EDB789A1C48F71F775182856",
        "0.7-running, 81000002, 000BE23B0C2AC59EC4D7FED77F9A13DD37E7A32F7E72D930CBC691793D0276ABF9E8",
        "0.9-shutdown-state, 81010001, 000BF5FE5444109630B1573FD0A74CC9DC7D635A8390FC7037D1F5AC0589BF24FD08",
        "0.9-shutdown-state, 81000005, 000BA219CAAB2C85AF103912349C09F9BE8E9C4466168F2F47DADC148A319F02952D",
        "0.11-running, 81010001, 000B888AD8CDAA49BD9D4D3D9A135C9FD06D0079C1A9C56EE5492B86314831E97984",
        "0.11-running, 81000004, 000B7AA219CFDB3CB2D4EFC97915C7FB84AD5E8624B3F8CCB1937937C6D56BDC946A"
    })
    void keepsPersistentObjects(String sample, String handle, String name) throws Exception {
        assertThat(switchedOff(sample).send("8001 0000000E 00000173" + handle)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.9-shutdown-state", "0.11-running"})
    void unsealsWithTheOldAuthorization(String sample) throws Exception {
        String unseal = "8002 00000021 0000015E 81000003 0000000F 40000009 0000 00 0006 ";
        TakenOver tpm = switchedOff(sample);
        assertThat(tpm.send(unseal + hex("sealpw"))).contains("000D" + hex("sealed secret"));
        // TPM_RC_AUTH_FAIL for the first session
        assertThat(tpm.send(unseal + hex("SEALPW"))).endsWith("0000098E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.9-shutdown-state", "0.11-running"})
    void keepsNvIndicesWithTheirAuthorizationAndData(String sample) throws Exception {
        TakenOver tpm = switchedOff(sample);
        assertThat(tpm.readNv("01500001", "nvpw", 4, 0x3C)).contains("0004" + "3C3D3E3F");
        assertThat(tpm.readNv("01500002", "", 8, 0)).contains("0008" + "0000000000000003");
        assertThat(tpm.readNv("01500003", "", 8, 0)).contains("0008" + "8000000000000005");
        // TPM_RC_NV_UNINITIALIZED
        assertThat(tpm.readNv("01500008", "", 8, 0)).endsWith("0000014A");
    }

    @ParameterizedTest
    @CsvSource({"0.7-running, 00000002", "0.9-shutdown-state, 00000001", "0.11-running, 00000003"})
    void keepsDictionaryAttackProtection(String sample, String failures) throws Exception {
        TakenOver tpm = switchedOff(sample);
        // TPM_PT_LOCKOUT_COUNTER: after a crash with a protected authValue in use one more than was counted.
        assertThat(tpm.property("0000020E")).isEqualTo(failures);
        assertThat(tpm.property("0000020F")).isEqualTo("00000005");
        assertThat(tpm.property("00000210")).isEqualTo("00000258");
        assertThat(tpm.property("00000211")).isEqualTo("00000E10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.11-running"})
    void aCrashedTpmLosesOrderlyDataAndMovesItsOrderlyCounterOn(String sample) throws Exception {
        TakenOver tpm = switchedOff(sample);
        assertThat(tpm.readNv("0150000A", "", 8, 0)).contains("0008" + "00000000000000FF");
        assertThat(tpm.readNv("01500007", "ord", 16, 0)).endsWith("0000014A");
    }

    @Test
    void resumesAfterShutdownState() throws Exception {
        TakenOver tpm = new TakenOver("0.9-shutdown-state", false);
        assertThat(tpm.send(STARTUP_STATE)).endsWith("00000000");
        assertThat(tpm.pcr("010000")).contains(PCR_0);
        assertThat(tpm.pcr("000001")).contains("00".repeat(32)).doesNotContain(PCR_16);
        assertThat(tpm.readNv("0150000A", "", 8, 0)).contains("0008" + "0000000000000002");
        assertThat(tpm.readNv("01500007", "ord", 16, 0)).contains(hex("orderly-contents"));
    }

    @Test
    void restartsAfterShutdownState() throws Exception {
        TakenOver tpm = new TakenOver("0.9-shutdown-state", false);
        assertThat(tpm.send(STARTUP_CLEAR)).endsWith("00000000");
        assertThat(tpm.pcr("010000")).contains("00".repeat(32)).doesNotContain(PCR_0);
        assertThat(tpm.readNv("01500007", "ord", 16, 0)).contains(hex("orderly-contents"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.11-running"})
    void goesOnWhereTheTpmWas(String sample) throws Exception {
        TakenOver tpm = new TakenOver(sample, true);
        // TPM_RC_INITIALIZE: it is started.
        assertThat(tpm.send(STARTUP_CLEAR)).endsWith("00000100");
        assertThat(tpm.pcr("010000")).contains(PCR_0);
        assertThat(tpm.pcr("000001")).contains(PCR_16);
        assertThat(tpm.readNv("0150000A", "", 8, 0)).contains("0008" + "0000000000000002");
        assertThat(tpm.readNv("01500007", "ord", 16, 0)).contains(hex("orderly-contents"));
        // The key of the null hierarchy in the second slot, TPM2_ReadPublic; the sequences beside it are gone.
        assertThat(tpm.send("8001 0000000E 00000173 80000001")).contains("0000000000");
        assertThat(tpm.send("8001 0000000E 00000173 80000000")).endsWith("00000910");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.9-shutdown-state", "0.11-running"})
    void keepsTheCommandsToAuditAndThoseThatNeedPhysicalPresence(String sample) throws Exception {
        TakenOver tpm = switchedOff(sample);
        // TPM2_SetCommandCodeAuditStatus and TPM2_GetRandom
        assertThat(tpm.send("8001 00000016 0000017A 00000004 0000011F 00000064"))
                .endsWith("00000002" + "00000140" + "0000017B");
        assertThat(tpm.send("8001 00000016 0000017A 00000003 0000011F 00000064"))
                .endsWith("00000001" + "0000012D");
    }

    @ParameterizedTest
    @CsvSource({
        "0.7-running, true, 56F447EBF34EE005189CD3A4CDBF9903B2A817B20EBDF9BCF3366B6C4C2BBF90",
        "0.9-shutdown-state, false, CD4E2E987D01523E3119CC31D26F942430620D8C85DFA07F8EE8B59EDA431F30",
        "0.11-running, true, D104E68261193E6E8C8A1C2281B8FCD92BB38D75ECFB13F4D620A3ED4C19ABC6"
    })
    void goesOnWithTheDigestOfAuditedCommands(String sample, boolean running, String digest) throws Exception {
        TakenOver tpm = new TakenOver(sample, running);
        tpm.send(STARTUP_STATE);
        // TPM2_GetCommandAuditDigest, not signed: TPMS_COMMAND_AUDIT_INFO has the counter, SHA-256 and the digest.
        String attestation = tpm.send("8002 00000031 00000133 4000000B 40000007 00000017 " + "40000009 0000 00 0005"
                + hex("endpw") + "40000009 0000 00 0000 0000 0010");
        assertThat(attestation).contains("0000000000000001" + "000B" + "0020" + digest);
    }

    @Test
    void namesTheProfileThatLibtpmsGave() throws Exception {
        assertThat(convert("0.9-shutdown-state").profile()).isEqualTo("null");
        assertThat(convert("0.11-running").profile()).isEqualTo("default-v2");
        assertThat(convert("0.11-running")).hasToString("LibtpmsState[profile default-v2]");
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() throws Exception {
        byte[] newer = sample("0.11-running", "permall").orElseThrow();
        newer[1] = 9;
        newer[7] = 9;
        assertThatThrownBy(() -> convert(newer, Optional.empty()))
                .isInstanceOf(DamagedStateException.class)
                .hasMessageContaining("PERSISTENT_ALL has version 9")
                .hasMessageContaining("up to 4");
        byte[] older = sample("0.9-shutdown-state", "permall").orElseThrow();
        older[1] = 1;
        assertThatThrownBy(() -> convert(older, Optional.empty()))
                .isInstanceOf(DamagedStateException.class)
                .hasMessageContaining("before 0.7");
    }

    @Test
    void refusesTheVolatileStateOfAnotherTpm() throws Exception {
        byte[] permanent = sample("0.11-running", "permall").orElseThrow();
        assertThatThrownBy(() -> convert(permanent, sample("0.7-running", "volatilestate")))
                .isInstanceOf(DamagedStateException.class)
                .hasMessageContaining("another TPM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7-running", "0.9-shutdown-state", "0.11-running"})
    void refusesAStateThatWasCutOff(String sample) throws Exception {
        byte[] whole = sample(sample, "permall").orElseThrow();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> convert(cut, Optional.empty())).isInstanceOf(DamagedStateException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> convert(longer, Optional.empty())).isInstanceOf(DamagedStateException.class);
    }

    @Test
    void takesOrRefusesADamagedStateAndNothingElse() throws Exception {
        byte[] whole = sample("0.7-running", "permall").orElseThrow();
        int refused = 0;
        for (int offset = 0; offset < whole.length; offset += 11) {
            byte[] damaged = whole.clone();
            damaged[offset] ^= (byte) 0x80;
            try {
                convert(damaged, Optional.empty());
            } catch (DamagedStateException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        // The content of seeds, authorizations and NV data says nothing of damage; sizes, headers and keys do.
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void refusesADamagedVolatileState() throws Exception {
        byte[] permanent = sample("0.7-running", "permall").orElseThrow();
        byte[] damaged = sample("0.7-running", "volatilestate").orElseThrow();
        damaged[100] ^= 1;
        assertThatThrownBy(() -> convert(permanent, Optional.of(damaged)))
                .isInstanceOf(DamagedStateException.class)
                .hasMessageContaining("digest");
    }

    /** The TPM of a sample after a power failure, and TPM2_Startup(CLEAR). */
    private static TakenOver switchedOff(String sample) throws Exception {
        TakenOver tpm = new TakenOver(sample, false);
        assertThat(tpm.send(STARTUP_CLEAR)).endsWith("00000000");
        return tpm;
    }

    private static LibtpmsState convert(String sample) throws Exception {
        return convert(sample(sample, "permall").orElseThrow(), sample(sample, "volatilestate"));
    }

    private static LibtpmsState convert(byte[] permanent, Optional<byte[]> volatileState) throws DamagedStateException {
        return LibtpmsState.convert(permanent, volatileState, AlgorithmProfile.DEFAULT, new Random(1)::nextBytes);
    }

    private static Optional<byte[]> sample(String sample, String file) throws IOException {
        try (InputStream in = LibtpmsStateTest.class.getResourceAsStream(sample + "/" + file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A TPM with a state that was taken over. */
    private static final class TakenOver {
        private final Tpm tpm;

        TakenOver(String sample, boolean running) throws Exception {
            LibtpmsState state = running
                    ? convert(sample)
                    : convert(sample(sample, "permall").orElseThrow(), Optional.empty());
            tpm = new Tpm(state.permanentState(), new TpmPlatform(new Random(2)::nextBytes, () -> 1000, bytes -> {}));
            tpm.powerOn();
            if (running) {
                tpm.resume(state.volatileState().orElseThrow());
            }
        }

        String send(String command) {
            byte[] bytes = HexFormat.of().parseHex(command.replace(" ", ""));
            // Callers need not count.
            ByteBuffer.wrap(bytes).putInt(2, bytes.length);
            TpmWriter response = tpm.execute(0, bytes, 0, bytes.length);
            assertThat(tpm.takeFault()).isNull();
            return HexFormat.of().withUpperCase().formatHex(response.toByteArray());
        }

        String readNv(String index, String password, int size, int offset) {
            return send("8002 00000000 0000014E %s %s %08X 40000009 0000 00 %04X %s %04X %04X"
                    .formatted(index, index, 9 + password.length(), password.length(), hex(password), size, offset));
        }

        /** The value of a TPM_PT. */
        String property(String property) {
            String response = send("8001 00000016 0000017A 00000006" + property + "00000001");
            return response.substring(response.length() - 8);
        }

        /** TPM2_PCR_Read in the SHA-256 bank. */
        String pcr(String select) {
            return send("8001 00000014 0000017E 00000001 000B 03" + select);
        }
    }
}
