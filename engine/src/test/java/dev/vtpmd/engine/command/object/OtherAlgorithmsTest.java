package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects with the algorithms that only the full profile has: as parents, as Names, as sequences, as keys of a given value. */
final class OtherAlgorithmsTest {
    private static final int CREATE_PRIMARY = 0x131;
    private static final int LOAD_EXTERNAL = 0x167;
    private static final int OWNER = 0x40000001;
    private static final String NO_DATA = "0004 0000 0000";
    private static final String NO_CREATION = "0000 00000000";
    private static final String HANDLE = "80000000";

    private final TestTpm tpm = TestTpm.started("full");

    /** nameAlg, TPMT_SYM_DEF_OBJECT, curve: the parent's Name, its children's wrapping, saved contexts. */
    @ParameterizedTest
    @CsvSource({
        "0012, 0013 0080 0043, 0020, SM3 with SM4 and SM2 P-256",
        "0027, 0026 0080 0043, 0003, SHA3-256 with Camellia-128",
        "0028, 0026 0100 0043, 0004, SHA3-384 with Camellia-256",
        "0029, 0003 00C0 0043, 0005, SHA3-512 with TDES-192",
        "000B, 0003 0080 0043, 0001, SHA-256 with TDES-128 and P-192",
        "000B, 0026 00C0 0043, 0002, SHA-256 with Camellia-192 and P-224",
        "0027, 0013 0080 0043, 0010, SHA3-256 with SM4 and BN P-256",
        "0029, 0006 0080 0043, 0011, SHA3-512 with AES-128 and BN P-638"
    })
    void parentsProtectTheirChildren(String nameAlg, String symmetric, String curve, String what) {
        TssResponse parent =
                createPrimary("0023" + nameAlg + "00030472 0000" + symmetric + "0010" + curve + "0010 0000 0000", "");
        assertThat(parent.code()).as(what).isZero();
        List<String> sealed = ObjectCommands.seal(tpm, HANDLE);
        String child = ObjectCommands.load(tpm, HANDLE, sealed);
        assertThat(tpm.send(ObjectCommands.unseal(child))).contains("0006" + "736563726574");

        String saved = ObjectCommands.sendPlain(tpm, "00000162", HANDLE);
        assertThat(tpm.code("8001 0000000E 00000165" + HANDLE)).isZero();
        ObjectCommands.sendPlain(tpm, "00000161", saved.substring(20));
    }

    /** TPM2_EventSequenceComplete gives a digest for each hash; the sequence's context has a state for each. */
    @Test
    void anEventSequenceOfEveryHashCanBeSaved() {
        ObjectCommands.sendPlain(tpm, "00000186", "0000 0010");
        TssCommand.of(0x15C).handle(0x80000000).password().sized(new byte[1000]).sendTo(tpm);

        String saved = ObjectCommands.sendPlain(tpm, "00000162", HANDLE);
        ObjectCommands.sendPlain(tpm, "00000161", saved.substring(20));

        assertThat(saved.length() / 2)
                .as("TPM_PT_MAX_OBJECT_CONTEXT and a header")
                .isLessThan(2560 + 10);
    }

    /** RFC 2104 over SM3, computed with OpenSSL 3.0; the others are the examples of NIST's test vectors for HMAC with SHA-3. */
    @ParameterizedTest
    @CsvSource({
        "0012, 51B00D1FB49832BFB01C3CE27848E59F871D9BA938DC563B338CA964755CCE70",
        "0027, BA85192310DFFA96E2A3A40E69774351140BB7185E1202CDCC917589F95E16BB",
        "0028, 68D2DCF7FD4DDD0A2240C8A437305F61FB7334CFB5D0226E1BC27DC10A2E723A20D370B47743130E26AC7E3D532886BD",
        "0029, EB3FBD4B2EAAB8F5C504BD3A41465AACEC15770A7CABAC531E482F860B5EC7BA"
                + "47CCB2C6F2AFCE8F88D22B6DC61380F23A668FD3888BB80537C0A0B86407689E"
    })
    void hmacsWithTheOtherHashes(String hash, String mac) {
        TssResponse key = TssCommand.of(LOAD_EXTERNAL)
                .parameters("001C 0008 0000 0000 0014" + "0B".repeat(20))
                .parameters("0010 0008 0010 00040040 0000 0005" + hash + "0000")
                .parameters("40000007")
                .sendTo(tpm);

        TssResponse response = TssCommand.of(0x155)
                .handle(key.handle())
                .password()
                .parameters("0008 4869205468657265 0010")
                .sendTo(tpm);

        assertThat(response.parameters()).isEqualTo("%04X".formatted(mac.length() / 2) + mac);
    }

    /** As swtpm 0.7.1 answers: of a key that is given no part is weak or equals the next; its parity does not matter. */
    @ParameterizedTest
    @CsvSource({
        "0080, 0123456789ABCDEF23456789ABCDEF01, 000",
        "0080, 00112233445566778899AABBCCDDEEFF, 000",
        "0080, 0101010101010101FEDCBA9876543210, 09C",
        "0080, FEDCBA987654321001FE01FE01FE01FE, 09C",
        "0080, 0000000000000000FEDCBA9876543210, 09C",
        "0080, 0123456789ABCDEF0022446688AACCEE, 09C",
        "0080, 0123456789ABCDEF0123456789ABCDEF, 09C",
        "00C0, 0123456789ABCDEFFEDCBA98765432100123456789ABCDEF, 000",
        "00C0, 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF, 09C",
        "00C0, 0123456789ABCDEF23456789ABCDEF01, 087"
    })
    void tdesKeysThatAreGiven(String keyBits, String key, String code) {
        int created = createPrimary("0025 000B 00060052 0000 0003" + keyBits + "0043 0000", key)
                .code();
        int loaded = TssCommand.of(LOAD_EXTERNAL)
                .parameters("%04X 0025 0000 0000 %04X".formatted(8 + key.length() / 2, key.length() / 2) + key)
                .parameters("0012 0025 0010 00060040 0000 0003" + keyBits + "0010 0000")
                .parameters("40000007")
                .code(tpm);

        int expected = Integer.parseInt(code, 16);
        assertThat(created).isEqualTo(expected);
        assertThat(loaded).isEqualTo(expected == 0 ? 0 : expected | 0x140);
    }

    private TssResponse createPrimary(String template, String data) {
        String area = template.replace(" ", "");
        return TssCommand.of(CREATE_PRIMARY)
                .handle(OWNER)
                .password()
                .parameters(
                        data.isEmpty() ? NO_DATA : "%04X 0000 %04X".formatted(4 + data.length() / 2, data.length() / 2))
                .parameters(data)
                .parameters("%04X".formatted(area.length() / 2) + area + NO_CREATION)
                .sendTo(tpm);
    }
}
