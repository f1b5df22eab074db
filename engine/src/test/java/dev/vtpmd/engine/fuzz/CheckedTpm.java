package dev.vtpmd.engine.fuzz;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.CommandRow;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A TPM whose every response is checked for its form, whatever the command was, and whose state is checked to be what it was
 * after each command that failed.
 */
public final class CheckedTpm {
    private static final CommandTable COMMANDS = new CommandTable();
    private static final int HEADER_SIZE = 10;
    private static final int NO_SESSIONS = 0x8001;
    private static final int SESSIONS = 0x8002;
    private static final int FAILURE = 0x101;
    private static final int LARGEST_RESPONSE = 4096;
    private static final long AN_HOUR = 3_600_000;

    private static final int FIRST_HANDLE_OFFSET = 10;
    private static final byte[] READ_CLOCK = HexFormat.of().parseHex("80010000000A00000181");

    private final TestTpm tpm;
    private boolean physicalPresence;
    /** What was seen after the last command, null if something has happened since. */
    private StateSections state;
    /** Whether the next command, whatever comes of it, finds timers that have moved. */
    private boolean timePassed;

    /** A new TPM of the full profile. */
    public CheckedTpm() {
        this(new TestTpm("full"));
    }

    private CheckedTpm(TestTpm tpm) {
        this.tpm = tpm;
    }

    /** Another TPM in the same state. */
    public CheckedTpm copy() {
        CheckedTpm copy = new CheckedTpm(tpm.copy());
        if (physicalPresence) {
            copy.physicalPresence();
        }
        return copy;
    }

    /** Sends a command, checks the response and gives its code. */
    public int execute(int locality, byte[] command) {
        StateSections before = state != null ? state : StateSections.of(tpm.tpm());
        state = null;
        int code = executeAlone(locality, command);
        if (code != 0) {
            state = StateSections.of(tpm.tpm());
            if (!timePassed) {
                state.assertUnchangedSince(before, authorizesAsIndex(command));
            }
        }
        timePassed = false;
        if (code == FAILURE) {
            assertThat(executeAlone(0, READ_CLOCK)).as("in failure mode").isNotEqualTo(FAILURE);
        }
        return code;
    }

    private int executeAlone(int locality, byte[] command) {
        byte[] sent = command.clone();
        TpmWriter response = tpm.tpm().execute(locality, sent, 0, sent.length);
        Throwable fault = tpm.tpm().takeFault();
        if (fault != null) {
            throw new AssertionError("the command met a fault", fault);
        }
        return check(command, ByteBuffer.wrap(response.toByteArray()));
    }

    /** A failed authorization as an NV index may have counted in it (Part 1, 37.2.8). */
    private static boolean authorizesAsIndex(byte[] command) {
        return command.length > FIRST_HANDLE_OFFSET && command[FIRST_HANDLE_OFFSET] == TpmHt.NV_INDEX.value();
    }

    void losePower() {
        state = null;
        tpm.losePower();
    }

    void suspendAndResume() {
        state = null;
        byte[] permanent = tpm.tpm().permanentState();
        byte[] volatileState = tpm.tpm().volatileState();
        tpm.suspendAndResume();
        assertThat(tpm.tpm().permanentState()).isEqualTo(permanent);
        assertThat(tpm.tpm().volatileState()).isEqualTo(volatileState);
    }

    void hashStart() {
        state = null;
        tpm.tpm().hashStart();
    }

    void hashData(byte[] data) {
        state = null;
        tpm.tpm().hashData(data, 0, data.length);
    }

    void hashEnd() {
        state = null;
        tpm.tpm().hashEnd();
    }

    void timePasses() {
        state = null;
        timePassed = true;
        tpm.pass(AN_HOUR);
    }

    void storageFails(boolean fails) {
        state = null;
        tpm.storageFails(fails);
        tpm.tpm().nvAvailable(!fails);
    }

    /** Asserts physical presence, or no longer. */
    public void physicalPresence() {
        physicalPresence = !physicalPresence;
        tpm.tpm().physicalPresence(physicalPresence);
    }

    /** Part 1, 18.8: tag, size of all, response code, and nothing else if that is not TPM_RC_SUCCESS. */
    private static int check(byte[] command, ByteBuffer response) {
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
            return code;
        }
        assertThat(tag).as("tag").isEqualTo(ByteBuffer.wrap(command).getShort() & 0xFFFF);
        if (tag == SESSIONS) {
            checkSessions(command, response);
        }
        return 0;
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
