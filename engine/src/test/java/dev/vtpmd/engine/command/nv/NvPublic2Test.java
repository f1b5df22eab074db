package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_NV_DefineSpace2 and TPM2_NV_ReadPublic2: as their predecessors, with the type of the handle in front of the public area
 * (Part 2, 13.8). The codes of the conditions that both have are those of TPM2_NV_DefineSpace.
 */
class NvPublic2Test {
    private static final int OWNER = 0x40000001;
    private static final int INDEX = 0x01500001;
    private static final int NV_READ_PUBLIC = 0x169;
    private static final int NV_READ_PUBLIC2 = 0x19E;
    /** Owner and index authorization read and write, no dictionary attack protection, 8 bytes. */
    private static final String PUBLIC_AREA = "01500001" + "000B" + "02060006" + "0000" + "0008";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void definesWhatTheOtherCommandReads() {
        assertThat(define("01" + PUBLIC_AREA)).isZero();
        TssResponse read = TssCommand.of(NV_READ_PUBLIC).handle(INDEX).sendTo(tpm);
        assertThat(read.parameters()).isEqualTo("000E" + PUBLIC_AREA + "0022" + name());
    }

    @Test
    void readsWithTheTypeOfTheHandle() {
        define("01" + PUBLIC_AREA);
        TssResponse read = TssCommand.of(NV_READ_PUBLIC2).handle(INDEX).sendTo(tpm);
        assertThat(read.parameters()).isEqualTo("000F" + "01" + PUBLIC_AREA + "0022" + name());
    }

    @Test
    void refusesOtherTypesOfHandles() {
        assertThat(define("12" + PUBLIC_AREA)).isEqualTo(0x2CB);
        assertThat(define("11" + "11500001" + "000B" + "0000000002060006" + "0000" + "0008"))
                .isEqualTo(0x2CB);
        assertThat(define("40" + PUBLIC_AREA)).isEqualTo(0x2D8);
        assertThat(define("01" + PUBLIC_AREA.replace("01500001", "11500001"))).isEqualTo(0x2C4);
    }

    @Test
    void checksAsThePredecessorDoes() {
        assertThat(define("01" + PUBLIC_AREA + "00")).isEqualTo(0x2D5);
        assertThat(define("01" + PUBLIC_AREA.replace("02060006", "02060000"))).isEqualTo(0x2C2);
        assertThat(define("01" + PUBLIC_AREA.replace("02060006", "42060006"))).isEqualTo(0x182);
        assertThat(define("01" + PUBLIC_AREA)).isZero();
        assertThat(define("01" + PUBLIC_AREA)).isEqualTo(0x14C);
        assertThat(TssCommand.of(NV_READ_PUBLIC2).handle(INDEX + 1).code(tpm)).isEqualTo(0x18B);
    }

    private static String name() {
        byte[] digest = TssCrypto.SHA256.digest(HexFormat.of().parseHex(PUBLIC_AREA));
        return "000B" + HexFormat.of().withUpperCase().formatHex(digest);
    }

    private int define(String publicArea) {
        return TssCommand.of(0x19D)
                .handle(OWNER)
                .password()
                .parameters("0000")
                .sized(HexFormat.of().parseHex(publicArea))
                .code(tpm);
    }
}
