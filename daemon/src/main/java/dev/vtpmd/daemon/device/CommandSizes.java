package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;

/** The largest command and response since they were last asked for (MSSIM GET_COMMAND_RESPONSE_SIZES). */
final class CommandSizes {
    private int largestCommand;
    private int largestCommandCode;
    private int largestResponse;
    private int largestResponseCode;

    /** A command of {@code length} bytes had this response. */
    void record(byte[] command, int length, TpmWriter response) {
        if (length > largestCommand && length >= 10) {
            largestCommand = length;
            largestCommandCode = ByteBuffer.wrap(command).getInt(6);
        }
        if (response.position() > largestResponse && length >= 10) {
            largestResponse = response.position();
            largestResponseCode = ByteBuffer.wrap(command).getInt(6);
        }
    }

    /** Writes the command's size and code, the response's size and the code of its command, and begins anew. */
    void take(ByteBuffer out) {
        out.putInt(largestCommand);
        out.putInt(largestCommandCode);
        out.putInt(largestResponse);
        out.putInt(largestResponseCode);
        largestCommand = 0;
        largestResponse = 0;
    }
}
