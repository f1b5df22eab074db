package dev.vtpmd.engine;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a TPM offers is its profile's business, from when it is made. */
final class ProfileTest {
    private static final String ALL_ALGORITHMS = "8001 00000016 0000017A 00000000 00000000 00000100";
    private static final String ALL_CURVES = "8001 00000016 0000017A 00000008 00000000 00000100";
    private static final String ALL_BANKS = "8001 00000016 0000017A 00000005 00000000 00000100";
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final int STATE_HEADER = 8;

    @Test
    void theDefaultListsNoneOfTheOtherAlgorithms() {
        TestTpm tpm = TestTpm.started();

        assertThat(tpm.send(ALL_ALGORITHMS))
                .contains("0006" + "00000002", "000B" + "00000004")
                .doesNotContain("0003" + "00000002", "0012" + "00000004", "0026" + "00000002", "0027" + "00000004");
        assertThat(tpm.send(ALL_CURVES)).endsWith("00000008" + "00000003" + "000300040005");
        assertThat(tpm.send(ALL_BANKS))
                .endsWith("00000004" + "000403FFFFFF" + "000B03FFFFFF" + "000C03FFFFFF" + "000D03FFFFFF");
    }

    @Test
    void theFullProfileListsThemAll() {
        TestTpm tpm = TestTpm.started("full");

        assertThat(tpm.send(ALL_ALGORITHMS))
                .contains("0003" + "00000002", "0012" + "00000004", "0013" + "00000002", "0026" + "00000002")
                .contains("0027" + "00000004" + "0028" + "00000004" + "0029" + "00000004");
        assertThat(tpm.send(ALL_CURVES)).endsWith("00000008" + "00000008" + "00010002000300040005001000110020");
        assertThat(tpm.send(ALL_BANKS))
                .endsWith("00000008" + "000403FFFFFF" + "000B03FFFFFF" + "000C03FFFFFF" + "000D03FFFFFF"
                        + "001203000000" + "002703000000" + "002803000000" + "002903000000");
    }

    /** Both lists are those of swtpm 0.7.1 with libtpms 0.9.2. */
    @Test
    void theProfileOfLibtpmsListsWhatSwtpmLists() {
        TestTpm tpm = TestTpm.started("libtpms");

        assertThat(tpm.send(ALL_ALGORITHMS))
                .endsWith("00000021" + "000100000009" + "000300000002" + "000400000004" + "000500000104"
                        + "000600000002" + "000700000404" + "00080000030C" + "000A00000006" + "000B00000004"
                        + "000C00000004" + "000D00000004" + "001400000101" + "001500000201" + "001600000101"
                        + "001700000201" + "001800000101" + "001900000401" + "001A00000101" + "001B00000501"
                        + "001C00000101" + "001D00000401" + "002000000404" + "002100000404" + "002200000404"
                        + "002300000009" + "002500000008" + "002600000002" + "003F00000102" + "004000000202"
                        + "004100000202" + "004200000202" + "004300000202" + "004400000202");
        assertThat(tpm.send(ALL_CURVES)).endsWith("00000008" + "00000008" + "00010002000300040005001000110020");
    }

    /** TPM2_TestParms of keys that swtpm 0.7.1 with libtpms 0.9.2 does not have. */
    @ParameterizedTest
    @CsvSource({
        "8001 00000012 0000018A 0025 0006 00C0 0043, 1C4, AES-192",
        "8001 00000012 0000018A 0025 0026 00C0 0043, 1C4, Camellia-192",
        "8001 00000016 0000018A 0001 0010 0010 1000 00000000, 1C4, RSA-4096"
    })
    void theProfileOfLibtpmsHasTheKeySizesOfSwtpm(String command, String code, String what) {
        assertThat(TestTpm.started("libtpms").code(command)).as(what).isEqualTo(Integer.parseInt(code, 16));
    }

    /** TPM2_TestParms of a cipher, TPM2_ECC_Parameters of a curve, TPM2_Hash: the codes are those of swtpm without them. */
    @ParameterizedTest
    @CsvSource({
        "8001 00000012 0000018A 0025 0003 0080 0043, 1D6, TDES",
        "8001 00000012 0000018A 0025 0013 0080 0043, 1D6, SM4",
        "8001 00000012 0000018A 0025 0026 0080 0043, 1D6, Camellia",
        "8001 0000000C 00000178 0001, 1E6, P-192",
        "8001 0000000C 00000178 0011, 1E6, BN P-638",
        "8001 0000000C 00000178 0020, 1E6, SM2 P-256",
        "8001 00000012 0000017D 0000 0012 40000007, 2C3, SM3",
        "8001 00000012 0000017D 0000 0027 40000007, 2C3, SHA3-256"
    })
    void whatAProfileDoesNotHaveIsAnsweredAsIfItDidNotExist(String command, String code, String what) {
        assertThat(TestTpm.started().code(command)).as(what).isEqualTo(Integer.parseInt(code, 16));
        assertThat(TestTpm.started("full").code(command)).as(what).isZero();
    }

    /** As swtpm 0.7.1 answers. */
    @Test
    void theParametersOfAPairingCurve() {
        assertThat(TestTpm.started("full").send("8001 0000000C 00000178 0010"))
                .isEqualTo("8001000000C200000000" + "0010" + "0100" + "0010" + "0010" + "0020"
                        + "FFFFFFFFFFFCF0CD46E5F25EEE71A49F0CDC65FB12980A82D3292DDBAED33013" + "0001" + "00" + "0020"
                        + "0".repeat(63) + "3" + "0020" + "0".repeat(63) + "1" + "0020" + "0".repeat(63) + "2" + "0020"
                        + "FFFFFFFFFFFCF0CD46E5F25EEE71A49E0CDC65FB1299921AF62D536CD10B500D" + "0001" + "01");
    }

    @Test
    void everySelfTestOfTheFullProfilePasses() {
        TestTpm tpm = TestTpm.started("full");

        assertThat(tpm.code("80010000000B00000143 01")).isZero();
        assertThat(tpm.send("80010000000E00000142 00000000")).endsWith("00000000");
    }

    @Test
    void aTpmKeepsItsProfile() {
        TestTpm tpm = TestTpm.started("full");

        tpm.losePower();

        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.tpm().profile().name()).isEqualTo("full");
    }

    @Test
    void theFirstPcrBanksAreChosenToo() throws DamagedStateException {
        AlgorithmProfile profile = AlgorithmProfile.named("full").orElseThrow();
        byte[] state = Tpm.manufacture(
                profile, Set.of(TpmiAlgHash.SHA256, TpmiAlgHash.SM3_256), bytes -> Arrays.fill(bytes, (byte) 7));
        TestTpm tpm = TestTpm.of(state);

        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.send(ALL_BANKS))
                .contains("000403000000" + "000B03FFFFFF" + "000C03000000" + "000D03000000" + "001203FFFFFF");
    }

    @Test
    void aStateWithoutAProfileIsOfTheDefaultOne() throws DamagedStateException {
        byte[] state = new TestTpm("full").tpm().permanentState();

        assertThat(Tpm.profileOf(state).name()).isEqualTo("full");
        assertThat(Tpm.profileOf(withProfileSection(state, new byte[0])).name()).isEqualTo("default");
    }

    @Test
    void aStateWithAnUnknownProfileIsRefused() {
        byte[] state = new TestTpm().tpm().permanentState();
        byte[] section = ByteBuffer.allocate(13)
                .putShort((short) 1)
                .putInt(7)
                .put("to\nmake".getBytes(StandardCharsets.US_ASCII))
                .array();

        assertThatThrownBy(() -> Tpm.profileOf(withProfileSection(state, section)))
                .isInstanceOf(DamagedStateException.class)
                .hasMessage("the state has a profile that this release does not know: to?make");
    }

    /** {@code state} with other bytes in place of its first section, which names the profile. */
    private static byte[] withProfileSection(byte[] state, byte[] section) {
        int end = STATE_HEADER + 6 + ByteBuffer.wrap(state).getInt(STATE_HEADER + 2);
        return ByteBuffer.allocate(STATE_HEADER + section.length + state.length - end)
                .put(state, 0, STATE_HEADER)
                .put(section)
                .put(state, end, state.length - end)
                .array();
    }
}
