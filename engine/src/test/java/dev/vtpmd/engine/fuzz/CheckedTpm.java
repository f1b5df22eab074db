package dev.vtpmd.engine.fuzz;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/** A TPM whose every response is checked for its form, whatever the command was. */
final class CheckedTpm {
    private static final CommandTable COMMANDS = new CommandTable();
    private static final int HEADER_SIZE = 10;
    private static final int NO_SESSIONS = 0x8001;
    private static final int SESSIONS = 0x8002;
    private static final int FAILURE = 0x101;
    private static final int LARGEST_RESPONSE = 4096;
    private static final long AN_HOUR = 3_600_000;

    private final TestTpm tpm = new TestTpm();
    private boolean physicalPresence;

    /** Sends a command and checks the response. */
    void execute(int locality, byte[] command) {
        byte[] sent = command.clone();
        TpmWriter response = tpm.tpm().execute(locality, sent, 0, sent.length);
        Throwable fault = tpm.tpm().takeFault();
        if (fault != null) {
            throw new AssertionError("the command met a fault", fault);
        }
        check(command, ByteBuffer.wrap(response.toByteArray()));
    }

    void losePower() {
        tpm.losePower();
    }

    void suspendAndResume() {
        byte[] permanent = tpm.tpm().permanentState();
        byte[] volatileState = tpm.tpm().volatileState();
        tpm.suspendAndResume();
        assertThat(tpm.tpm().permanentState()).isEqualTo(permanent);
        assertThat(tpm.tpm().volatileState()).isEqualTo(volatileState);
    }

    void hashStart() {
        tpm.tpm().hashStart();
    }

    void hashData(byte[] data) {
        tpm.tpm().hashData(data, 0, data.length);
    }

    void hashEnd() {
        tpm.tpm().hashEnd();
    }

    void timePasses() {
        tpm.pass(AN_HOUR);
    }

    void storageFails(boolean fails) {
        tpm.storageFails(fails);
        tpm.tpm().nvAvailable(!fails);
    }

    void physicalPresence() {
        physicalPresence = !physicalPresence;
        tpm.tpm().physicalPresence(physicalPresence);
    }

    /** Part 1, 18.8: tag, size of all, response code, and nothing else if that is not TPM_RC_SUCCESS. */
    private static void check(byte[] command, ByteBuffer response) {
        assertThat(response.remaining()).isBetween(HEADER_SIZE, LARGEST_RESPONSE);
        int tag = response.getShort() & 0xFFFF;
        assertThat(response.getInt()).as("size").isEqualTo(response.limit());
        int code = response.getInt();
        if (code != 0) {
            assertThat(tag).as("tag of a failure").isEqualTo(NO_SESSIONS);
            assertThat(response.hasRemaining()).as("bytes behind a failure").isFalse();
            assertThat(ResponseCodes.exists(code))
                    .as("response code %#x".formatted(code))
                    .isTrue();
            assertThat(code).isNotEqualTo(FAILURE);
            return;
        }
        assertThat(tag).as("tag").isEqualTo(ByteBuffer.wrap(command).getShort() & 0xFFFF);
        if (tag == SESSIONS) {
            checkSessions(command, response);
        }
    }

    private static void checkSessions(byte[] command, ByteBuffer response) {
        CommandRow row = COMMANDS.find(ByteBuffer.wrap(command).getInt(6));
        if (row.returnsHandle()) {
            response.getInt();
        }
        int parametersSize = response.getInt();
        assertThat(parametersSize).as("parameterSize").isBetween(0, response.remaining());
        response.position(response.position() + parametersSize);
        int sessions = 0;
        while (response.hasRemaining()) {
            skipSized(response);
            response.get();
            skipSized(response);
            sessions++;
        }
        assertThat(sessions).isBetween(1, 3);
    }

    private static void skipSized(ByteBuffer in) {
        int size = in.getShort() & 0xFFFF;
        assertThat(size).isLessThanOrEqualTo(in.remaining());
        in.position(in.position() + size);
    }
}
