package dev.vtpmd.daemon.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * Commands and responses as packets of a TCP connection to port 2321, where Wireshark's dissector for TPM 2.0 expects them, without
 * anything around a command. Link type RAW: packets begin with their IPv4 header. The file is pcap with nanoseconds, little-endian
 * (draft-ietf-opsawg-pcap).
 */
final class PcapFormat {
    /** Bytes of a record that are not command or response: the record's header, and those of IPv4 and TCP. */
    static final int OVERHEAD = 16 + 20 + 20;

    private static final int NANOSECOND_MAGIC = 0xA1B23C4D;
    private static final int LINKTYPE_RAW = 101;
    private static final int LONGEST_PACKET = 65_535;
    private static final int HEADER = 24;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 20;
    private static final int CLIENT = 0x7F000001;
    private static final int TPM = 0x7F000002;
    private static final int CLIENT_PORT = 50_000;
    private static final int TPM_PORT = 2321;
    private static final int PSH_ACK = 0x18;

    // The bytes that each side has sent.
    private int fromClient = 1;
    private int fromTpm = 1;

    /** The beginning of a file. */
    static ByteBuffer header() {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(NANOSECOND_MAGIC)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(LONGEST_PACKET)
                .putInt(LINKTYPE_RAW)
                .flip();
    }

    /** The record of a command. */
    ByteBuffer command(Instant time, byte[] bytes) {
        ByteBuffer record = record(time, bytes, true);
        fromClient += bytes.length;
        return record;
    }

    /** The record of a response. */
    ByteBuffer response(Instant time, byte[] bytes) {
        ByteBuffer record = record(time, bytes, false);
        fromTpm += bytes.length;
        return record;
    }

    private ByteBuffer record(Instant time, byte[] bytes, boolean command) {
        int length = IP_HEADER + TCP_HEADER + bytes.length;
        ByteBuffer record = ByteBuffer.allocate(OVERHEAD + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) time.getEpochSecond())
                .putInt(time.getNano())
                .putInt(length)
                .putInt(length);
        record.order(ByteOrder.BIG_ENDIAN);
        int ip = record.position();
        // Version 4, header of 5 words; do not fragment; time to live 64, TCP.
        record.putShort((short) 0x4500)
                .putShort((short) length)
                .putInt(0x4000)
                .putShort((short) 0x4006)
                .putShort((short) 0)
                .putInt(command ? CLIENT : TPM)
                .putInt(command ? TPM : CLIENT);
        record.putShort(ip + 10, checksum(record, ip));
        record.putShort((short) (command ? CLIENT_PORT : TPM_PORT))
                .putShort((short) (command ? TPM_PORT : CLIENT_PORT))
                .putInt(command ? fromClient : fromTpm)
                .putInt(command ? fromTpm : fromClient)
                .putShort((short) (5 << 12 | PSH_ACK))
                .putShort((short) 0xFFFF)
                .putInt(0);
        return record.put(bytes).flip();
    }

    /** RFC 791, 3.1. */
    private static short checksum(ByteBuffer record, int header) {
        int sum = 0;
        for (int offset = 0; offset < IP_HEADER; offset += 2) {
            sum += Short.toUnsignedInt(record.getShort(header + offset));
        }
        return (short) ~((sum & 0xFFFF) + (sum >>> 16));
    }
}
