package dev.vtpmd.engine.pcr;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/** The PCRs of one hash algorithm (Part 1, 17.2). Only those in the bank's allocation have a value. */
final class PcrBank {
    private final TpmiAlgHash hash;
    private final byte[] values;
    private int allocation;

    PcrBank(TpmiAlgHash hash, int allocation) {
        this.hash = hash;
        this.values = new byte[PcrAttributes.COUNT * hash.digestSize()];
        this.allocation = allocation;
    }

    TpmiAlgHash hash() {
        return hash;
    }

    int allocation() {
        return allocation;
    }

    void allocation(int pcrs) {
        allocation = pcrs;
    }

    boolean has(int pcr) {
        return (allocation >> pcr & 1) != 0;
    }

    byte[] values() {
        return values;
    }

    int offset(int pcr) {
        return pcr * hash.digestSize();
    }

    void fill(int pcr, int value) {
        Arrays.fill(values, offset(pcr), offset(pcr + 1), (byte) value);
    }

    void lastByte(int pcr, int value) {
        values[offset(pcr + 1) - 1] = (byte) value;
    }

    void write(TpmWriter out) {
        out.bytes(values);
    }

    void read(TpmReader in) {
        System.arraycopy(in.bytes(values.length), 0, values, 0, values.length);
    }
}
