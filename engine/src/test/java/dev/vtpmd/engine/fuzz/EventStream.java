package dev.vtpmd.engine.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What happens to a TPM, as a fuzzer writes it: one byte says what it is. 0 to 4 and 32 to 255 are a command from that
 * locality, of which a UINT16 length and the bytes follow; 5 to 13 are what the platform does; 14 to 18 are a command from
 * locality 0 to 4 whose commandSize is made right, so that more of them get beyond the header. A length beyond the end means
 * the end.
 */
final class EventStream {
    static final int POWER_CYCLE = 5;
    static final int HASH_START = 6;
    static final int HASH_DATA = 7;
    static final int HASH_END = 8;
    static final int SUSPEND_AND_RESUME = 9;
    static final int TIME_PASSES = 10;
    static final int STORAGE_FAILS = 11;
    static final int STORAGE_WORKS = 12;
    static final int PHYSICAL_PRESENCE = 13;
    static final int SIZED_COMMAND = 14;

    private static final int FIRST_EXTENDED_LOCALITY = 32;
    private static final int LAST_LOCALITY = 4;
    private static final int COMMAND_SIZE_OFFSET = 2;
    private static final int HEADER_SIZE = 10;

    private final ByteBuffer events;

    EventStream(byte[] events) {
        this.events = ByteBuffer.wrap(events);
    }

    /** Lets everything happen to {@code tpm}. */
    void play(CheckedTpm tpm) {
        while (events.hasRemaining()) {
            int kind = events.get() & 0xFF;
            switch (kind) {
                case POWER_CYCLE -> tpm.losePower();
                case HASH_START -> tpm.hashStart();
                case HASH_DATA -> tpm.hashData(bytes());
                case HASH_END -> tpm.hashEnd();
                case SUSPEND_AND_RESUME -> tpm.suspendAndResume();
                case TIME_PASSES -> tpm.timePasses();
                case STORAGE_FAILS -> tpm.storageFails(true);
                case STORAGE_WORKS -> tpm.storageFails(false);
                case PHYSICAL_PRESENCE -> tpm.physicalPresence();
                default -> {
                    if (kind <= LAST_LOCALITY || kind >= FIRST_EXTENDED_LOCALITY) {
                        tpm.execute(kind, bytes());
                    } else if (kind <= SIZED_COMMAND + LAST_LOCALITY) {
                        tpm.execute(kind - SIZED_COMMAND, sized(bytes()));
                    }
                }
            }
        }
    }

    private static byte[] sized(byte[] command) {
        if (command.length >= HEADER_SIZE) {
            ByteBuffer.wrap(command).putInt(COMMAND_SIZE_OFFSET, command.length);
        }
        return command;
    }

    private byte[] bytes() {
        if (events.remaining() < Short.BYTES) {
            return new byte[0];
        }
        int length = Math.min(events.getShort() & 0xFFFF, events.remaining());
        int start = events.position();
        events.position(start + length);
        return Arrays.copyOfRange(events.array(), start, start + length);
    }
}
