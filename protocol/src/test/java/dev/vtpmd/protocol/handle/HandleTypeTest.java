package dev.vtpmd.protocol.handle;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** Which handles Part 2, clause 9 allows where; of what a TPM may choose, what libtpms chose. */
final class HandleTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TPMI_DH_OBJECT           | 80000000 80000002 81000000 81ffffff",
                "TPMI_DH_PARENT           | 40000001 4000000b 4000000c 40000007 80000000 80000002 81000000 81ffffff",
                "TPMI_DH_PERSISTENT       | 81000000 817fffff 81800000 81ffffff",
                "TPMI_DH_ENTITY           | 40000001 4000000b 4000000c 4000000a 80000002 81000000 01000000 01ffffff 00000017 40000010 4000010f",
                "TPMI_DH_PCR              | 00000000 00000017",
                "TPMI_SH_AUTH_SESSION     | 02000000 0200003f 03000000 0300003f",
                "TPMI_SH_HMAC             | 02000000 0200003f",
                "TPMI_SH_POLICY           | 03000000 0300003f",
                "TPMI_DH_CONTEXT          | 02000000 0300003f 80000000 80000002",
                "TPMI_DH_SAVED            | 02000000 0300003f 80000000 80000001 80000002",
                "TPMI_RH_HIERARCHY        | 40000001 4000000b 4000000c 40000007",
                "TPMI_RH_BASE_HIERARCHY   | 40000001 4000000b 4000000c",
                "TPMI_RH_ENABLES          | 40000001 4000000b 4000000c 4000000d",
                "TPMI_RH_HIERARCHY_AUTH   | 40000001 4000000b 4000000c 4000000a",
                "TPMI_RH_HIERARCHY_POLICY | 40000001 4000000b 4000000c 4000000a",
                "TPMI_RH_PLATFORM         | 4000000c",
                "TPMI_RH_OWNER            | 40000001",
                "TPMI_RH_ENDORSEMENT      | 4000000b",
                "TPMI_RH_PROVISION        | 40000001 4000000c",
                "TPMI_RH_CLEAR            | 4000000a 4000000c",
                "TPMI_RH_NV_AUTH          | 40000001 4000000c 01000000 01ffffff",
                "TPMI_RH_LOCKOUT          | 4000000a",
                "TPMI_RH_NV_INDEX         | 01000000 01ffffff",
                "TPMI_RH_AC               | 90000000 9000ffff",
            })
    void accepts(HandleType type, String handles) {
        assertThat(handles.trim().split(" "))
                .allSatisfy(handle -> assertThat(type.accepts(parse(handle))).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TPMI_DH_OBJECT         | 80000003 80ffffff 7fffffff 82000000 40000007 00000000",
                "TPMI_DH_PARENT         | 40000000 40000008 4000000a 40000140 40010000 80000003 01000000",
                "TPMI_RH_AC             | 8fffffff 90010000 40000007 01d00000",
                "TPMI_DH_PERSISTENT     | 80ffffff 82000000 01000000",
                "TPMI_DH_ENTITY         | 40000000 40000007 40000009 4000000d 4000000f 40000110 00000018 02000000 80000003",
                "TPMI_DH_PCR            | 00000018 40000007 ffffffff",
                "TPMI_SH_AUTH_SESSION   | 02000040 03000040 01ffffff 40000009 40000007",
                "TPMI_SH_HMAC           | 02000040 03000000",
                "TPMI_SH_POLICY         | 03000040 02000000",
                "TPMI_DH_CONTEXT        | 02000040 80000003 81000000",
                "TPMI_DH_SAVED          | 80000003 81000000 40000007",
                "TPMI_RH_HIERARCHY      | 4000000a 40000140 40010000",
                "TPMI_RH_BASE_HIERARCHY | 40000007 4000000a",
                "TPMI_RH_ENABLES        | 4000000a 40000007",
                "TPMI_RH_NV_AUTH        | 4000000b 4000000a 11000000",
                "TPMI_RH_NV_INDEX       | 00ffffff 02000000 11000000 12000000 81000001",
            })
    void refuses(HandleType type, String handles) {
        assertThat(handles.trim().split(" "))
                .allSatisfy(handle -> assertThatTpmAnswers(
                        TpmRc.VALUE,
                        () -> type.read(new TpmReader(HexFormat.of().parseHex(handle), AlgorithmProfile.DEFAULT))));
    }

    @Test
    void thePlusVariantAcceptsNoHandle() {
        assertThat(HandleType.TPMI_DH_OBJECT.accepts(parse("40000007"), true)).isTrue();
        assertThat(HandleType.TPMI_DH_OBJECT.accepts(parse("40000007"), false)).isFalse();
        assertThat(HandleType.TPMI_DH_ENTITY.accepts(parse("40000007"), true)).isTrue();
    }

    @Test
    void thePlusVariantOfASessionAcceptsThePassword() {
        assertThat(HandleType.TPMI_SH_AUTH_SESSION.accepts(parse("40000009"), true))
                .isTrue();
        assertThat(HandleType.TPMI_SH_AUTH_SESSION.accepts(parse("40000007"), true))
                .isFalse();
    }

    private static int parse(String handle) {
        return Integer.parseUnsignedInt(handle, 16);
    }
}
