package dev.vtpmd.engine.tss;

import dev.vtpmd.engine.TestTpm;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** The PCRs of a TPM's SHA-256 bank, as a client sees them. */
public final class TssPcrs {
    private static final int PCR_RESET = 0x13D;
    private static final int PCR_READ = 0x17E;
    private static final int PCR_EXTEND = 0x182;

    private final TestTpm tpm;

    /** The PCRs of {@code tpm}. */
    public TssPcrs(TestTpm tpm) {
        this.tpm = tpm;
    }

    /** Extends with 32 bytes of 0x11 and gives the response code. */
    public int extend(int locality, int pcr) {
        return TssCommand.of(PCR_EXTEND)
                .handle(pcr)
                .password()
                .parameters("00000001 000B" + "11".repeat(32))
                .from(locality)
                .code(tpm);
    }

    /** Resets a PCR and gives the response code. */
    public int reset(int locality, int pcr) {
        return TssCommand.of(PCR_RESET).handle(pcr).password().from(locality).code(tpm);
    }

    /** The value of one PCR, in hexadecimal digits. */
    public String value(int pcr) {
        String parameters = read(pcr).parameters();
        return parameters.substring(parameters.length() - 64);
    }

    /** pcrUpdateCounter. */
    public int updateCounter() {
        return Integer.parseUnsignedInt(read(0).parameters().substring(0, 8), 16);
    }

    /** A TPML_PCR_SELECTION with one PCR of the SHA-256 bank. */
    public static String selection(int pcr) {
        byte[] bits = new byte[3];
        bits[pcr / 8] = (byte) (1 << pcr % 8);
        return "00000001 000B 03" + HexFormat.of().formatHex(bits);
    }

    /** What a value becomes when {@code digest} is extended to it. */
    public static String extended(String value, String digest) {
        HexFormat hex = HexFormat.of().withUpperCase();
        return hex.formatHex(TssCrypto.SHA256.digest(hex.parseHex(value), hex.parseHex(digest)));
    }

    private TssResponse read(int pcr) {
        TssResponse response =
                TssCommand.of(PCR_READ).parameters(selection(pcr)).sendTo(tpm);
        assertThat(response.code()).isZero();
        return response;
    }
}
