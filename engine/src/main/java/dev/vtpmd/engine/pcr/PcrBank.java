package dev.vtpmd.engine.pcr;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/**
 * The PCRs of one hash algorithm (Part 1, 17.2). Only those in the bank's allocation have a value; a bank without any takes no
 * memory, but has its place in encodings.
 */
final class PcrBank {
    private final TpmiAlgHash hash;
    private byte[] values = {};
    private int allocation;

    PcrBank(TpmiAlgHash hash, int allocation) {
        this.hash = hash;
        allocation(allocation);
    }

    TpmiAlgHash hash() {
        return hash;
    }

    int allocation() {
        return allocation;
    }

    void allocation(int pcrs) {
        allocation = pcrs;
        int size = pcrs == 0 ? 0 : size();
        if (values.length != size) {
            values = new byte[size];
        }
    }

    boolean has(int pcr) {
        return (allocation >> pcr & 1) != 0;
    }

    private int size() {
        return PcrAttributes.COUNT * hash.digestSize();
    }

    /** Empty if the bank has no PCRs. */
    byte[] values() {
        return values;
    }

    int offset(int pcr) {
        return pcr * hash.digestSize();
    }

    void fill(int pcr, int value) {
        if (allocation != 0) {
            Arrays.fill(values, offset(pcr), offset(pcr + 1), (byte) value);
        }
    }

    void lastByte(int pcr, int value) {
        if (allocation != 0) {
            values[offset(pcr + 1) - 1] = (byte) value;
        }
    }

    void write(TpmWriter out) {
        out.bytes(allocation == 0 ? new byte[size()] : values);
    }

    void read(TpmReader in) {
        System.arraycopy(in.bytes(size()), 0, values, 0, values.length);
    }
}
