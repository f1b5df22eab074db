package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_GetCapability (Part 3, 30.2). */
class GetCapabilityTest {
    private static final int ALGS = 0;
    private static final int HANDLES = 1;
    private static final int COMMANDS = 2;
    private static final int PCRS = 5;
    private static final int TPM_PROPERTIES = 6;
    private static final int PCR_PROPERTIES = 7;
    private static final int ECC_CURVES = 8;
    private static final int AUTH_POLICIES = 9;
    private static final String NO_MORE = "00";
    private static final String MORE = "01";

    private final TestTpm tpm = TestTpm.started();

    @ParameterizedTest
    @CsvSource({
        "0000000B, 00000000, 1C4, a capability that does not exist",
        "0000000A, 00000000, 2C4, a countdown timer out of range",
        "0000000A, 40000120, 2C4, a countdown timer out of range",
        "00000100, 00000000, 1C4, a vendor's capability",
        "00000005, 00000001, 2C4, a property of the PCR allocation",
        "00000001, 11000000, 2CB, handles of a type that has none",
        "00000001, 90000000, 2CB, handles of attached components",
        "00000001, FF000000, 2CB, handles of an unknown type",
        "00000009, 01000000, 2C4, policies of what is not permanent",
    })
    void whatCannotBeAsked(String capability, String property, String code, String why) {
        String command = "8001 00000016 0000017A" + capability + property + "00000001";
        assertThat(tpm.code(command)).as(why).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void askingForNothingTellsWhetherThereIsSomething() {
        assertThat(get(HANDLES, 0x40000000, 0)).isEqualTo(MORE + "00000001" + "00000000");
        assertThat(get(HANDLES, 0x80000000, 0)).isEqualTo(NO_MORE + "00000001" + "00000000");
        assertThat(get(TPM_PROPERTIES, 0x100, 0)).isEqualTo(MORE + "00000006" + "00000000");
    }

    @Test
    void permanentHandlesAreListed() {
        assertThat(get(HANDLES, 0x40000000, 100))
                .isEqualTo(NO_MORE + "00000001" + "00000009" + "40000001" + "40000007" + "40000009" + "4000000A"
                        + "4000000B" + "4000000C" + "4000000D" + "40000110" + "4000011A");
        assertThat(get(HANDLES, 0x40000008, 2)).isEqualTo(MORE + "00000001" + "00000002" + "40000009" + "4000000A");
    }

    @Test
    void thereAre24Pcrs() {
        assertThat(get(HANDLES, 0, 100)).startsWith(NO_MORE + "00000001" + "00000018" + "00000000" + "00000001");
        assertThat(get(HANDLES, 23, 1)).isEqualTo(NO_MORE + "00000001" + "00000001" + "00000017");
    }

    @Test
    void nvIndicesAreListedByHandle() {
        for (int handle : new int[] {0x01500003, 0x01500001, 0x01800001}) {
            TssNvIndex.define(tpm, handle, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, new byte[0], 8);
        }
        assertThat(get(HANDLES, 0x01000000, 100))
                .isEqualTo(NO_MORE + "00000001" + "00000003" + "01500001" + "01500003" + "01800001");
        assertThat(get(HANDLES, 0x01500002, 1)).isEqualTo(MORE + "00000001" + "00000001" + "01500003");
    }

    @Test
    void loadedSessionsAreListedWithTheirTypes() {
        TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        assertThat(get(HANDLES, 0x02000000, 100))
                .isEqualTo(NO_MORE + "00000001" + "00000002" + "02000000" + "03000001");
    }

    @Test
    void savedSessionsAreListedAsHmacSessions() {
        TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        assertThat(tpm.code("8001 0000000E 00000162" + session.handleHex())).isZero();
        assertThat(get(HANDLES, 0x02000000, 100)).isEqualTo(NO_MORE + "00000001" + "00000000");
        assertThat(get(HANDLES, 0x03000000, 100)).isEqualTo(NO_MORE + "00000001" + "00000001" + "02000000");
    }

    @Test
    void propertiesComeInGroups() {
        assertThat(get(TPM_PROPERTIES, 0, 1)).isEqualTo(MORE + "00000006" + "00000001" + "00000100" + "322E3000");
        assertThat(get(TPM_PROPERTIES, 0x80000200, 20)).isEqualTo(NO_MORE + "00000006" + "00000000");
        List<String> fixed = propertyTags(get(TPM_PROPERTIES, 0x100, 200));
        assertThat(fixed).isSorted().startsWith("00000100").allMatch(tag -> tag.startsWith("000001"));
        List<String> variable = propertyTags(get(TPM_PROPERTIES, 0x200, 200));
        assertThat(variable).isSorted().startsWith("00000200").allMatch(tag -> tag.startsWith("000002"));
        assertThat(get(TPM_PROPERTIES, 0x300, 1)).isEqualTo(NO_MORE + "00000006" + "00000000");
    }

    /** Numbers that clients size their buffers by. */
    @ParameterizedTest
    @CsvSource({
        "10D, 00000400, TPM_PT_INPUT_BUFFER",
        "10E, 00000003, TPM_PT_HR_TRANSIENT_MIN",
        "110, 00000003, TPM_PT_HR_LOADED_MIN",
        "111, 00000040, TPM_PT_ACTIVE_SESSIONS_MAX",
        "112, 00000018, TPM_PT_PCR_COUNT",
        "113, 00000003, TPM_PT_PCR_SELECT_MIN",
        "114, 0000FFFF, TPM_PT_CONTEXT_GAP_MAX",
        "11E, 00001000, TPM_PT_MAX_COMMAND_SIZE",
        "11F, 00001000, TPM_PT_MAX_RESPONSE_SIZE",
        "120, 00000040, TPM_PT_MAX_DIGEST",
        "12C, 00000400, TPM_PT_NV_BUFFER_MAX",
    })
    void limitsAreThoseOfSwtpm(String property, String value, String name) {
        assertThat(get(TPM_PROPERTIES, Integer.parseInt(property, 16), 1))
                .as(name)
                .endsWith("00000001" + "00000" + property + value);
    }

    @Test
    void banksAreListed() {
        assertThat(get(PCRS, 0, 100))
                .isEqualTo(NO_MORE + "00000005" + "00000004" + "000403FFFFFF" + "000B03FFFFFF" + "000C03FFFFFF"
                        + "000D03FFFFFF");
    }

    /** Save, then for localities 0 to 4 extend and reset, noIncrement and DRTM reset. */
    @ParameterizedTest
    @CsvSource({
        "00, FFFF00, saved",
        "01, FFFF81, extended from locality 0",
        "02, 000081, reset from locality 0",
        "03, FFFF91, extended from locality 1",
        "05, FFFFFF, extended from locality 2",
        "09, FFFF87, extended from locality 4",
        "11, 0000E1, not counted",
        "12, 00007E, reset by a dynamic launch",
    })
    void propertiesOfPcrs(String property, String pcrs, String why) {
        assertThat(get(PCR_PROPERTIES, Integer.parseInt(property, 16), 1))
                .as(why)
                .endsWith("00000001" + "000000" + property + "03" + pcrs);
    }

    @Test
    void algorithmsAreListedByIdentifier() {
        String response = get(ALGS, 0, 200);
        List<String> identifiers = new ArrayList<>();
        for (int at = 18; at < response.length(); at += 12) {
            identifiers.add(response.substring(at, at + 4));
        }
        assertThat(identifiers)
                .isSorted()
                .contains("0001", "0004", "0006", "0008", "000B", "000C", "000D", "0018", "0023");
        assertThat(get(ALGS, 0x000B, 1)).endsWith("00000001" + "000B" + "00000004");
    }

    @Test
    void commandsAreListedByCodeWithTheirAttributes() {
        String startup = get(COMMANDS, 0x144, 1);
        assertThat(startup).isEqualTo(MORE + "00000002" + "00000001" + "00400144");
        assertThat(get(COMMANDS, 0x182, 1)).endsWith("02400182");
        assertThat(get(COMMANDS, 0x176, 1)).endsWith("14000176");
    }

    @Test
    void nistCurvesAreListed() {
        assertThat(get(ECC_CURVES, 3, 3)).endsWith("00000003" + "0003" + "0004" + "0005");
    }

    @Test
    void policiesAreListedEvenIfThereAreNone() {
        assertThat(get(AUTH_POLICIES, 0x40000000, 100))
                .isEqualTo(NO_MORE + "00000009" + "00000006" + "400000010010" + "4000000A0010" + "4000000B0010"
                        + "4000000C0010" + "400001100010" + "4000011A0010");
    }

    @Test
    void thereAreTheCountdownTimersOfTheReferenceCode() {
        assertThat(get(0xA, 0x40000110, 100))
                .isEqualTo(NO_MORE + "0000000A" + "00000002" + "40000110" + "00000000" + "00000000" + "4000011A"
                        + "00000000" + "00000000");
        assertThat(get(0xA, 0x4000011F, 100)).isEqualTo(NO_MORE + "0000000A" + "00000000");
    }

    @Test
    void itMayBeAuditedButNotEncrypted() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB);
        assertThat(audited(session, TssSession.CONTINUE | TssSession.AUDIT).code())
                .isZero();
        assertThat(audited(session, TssSession.CONTINUE | TssSession.ENCRYPT).code())
                .isEqualTo(0x982);
        assertThat(audited(session, TssSession.CONTINUE).code()).isEqualTo(0x982);
    }

    private TssResponse audited(TssSession session, int attributes) {
        return TssCommand.of(0x17A)
                .authorization(TssAuthorization.extra(session, attributes))
                .parameters("00000006 00000100 00000001")
                .sendTo(tpm);
    }

    private String get(int capability, int property, int count) {
        TssResponse response = TssCommand.of(0x17A)
                .parameters("%08X%08X%08X".formatted(capability, property, count))
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        return response.parameters();
    }

    private static List<String> propertyTags(String response) {
        List<String> tags = new ArrayList<>();
        for (int at = 18; at < response.length(); at += 16) {
            tags.add(response.substring(at, at + 8));
        }
        return tags;
    }
}
