package dev.vtpmd.engine.fuzz;

import dev.vtpmd.engine.Tpm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The sections of a TPM's states, for comparison; see {@code StateEncoding}. */
final class StateSections {
    private static final int HEADER_SIZE = 8;
    private static final String PERMANENT = "permanent ";
    private static final String VOLATILE = "volatile ";
    private static final int SHUTDOWN = 2;
    private static final int DICTIONARY_ATTACK = 5;
    private static final int NV = 7;
    private static final int SAVED = 9;

    private final byte[] permanent;
    private final byte[] volatileState;

    private StateSections(byte[] permanent, byte[] volatileState) {
        this.permanent = permanent;
        this.volatileState = volatileState;
    }

    static StateSections of(Tpm tpm) {
        return new StateSections(tpm.permanentState(), tpm.volatileState());
    }

    /**
     * What a failed command may have changed: dictionary attack protection, and with it that the TPM was shut down; and the
     * counter in an NV index, if one was what authorized.
     */
    void assertUnchangedSince(StateSections before, boolean byIndex) {
        if (Arrays.equals(permanent, before.permanent) && Arrays.equals(volatileState, before.volatileState)) {
            return;
        }
        Map<String, String> expected = before.sections();
        Map<String, String> actual = sections();
        boolean counted = differ(DICTIONARY_ATTACK, expected, actual);
        if (counted) {
            remove(DICTIONARY_ATTACK, expected, actual);
        }
        boolean nvChanged = byIndex && differ(NV, expected, actual);
        if (nvChanged) {
            remove(NV, expected, actual);
        }
        if (counted || nvChanged) {
            remove(SHUTDOWN, expected, actual);
            remove(SAVED, expected, actual);
        }
        assertThat(actual).as("state after a failed command").isEqualTo(expected);
    }

    private static boolean differ(int tag, Map<String, String> expected, Map<String, String> actual) {
        return !actual.get(PERMANENT + tag).equals(expected.get(PERMANENT + tag))
                || !actual.get(VOLATILE + tag).equals(expected.get(VOLATILE + tag));
    }

    private Map<String, String> sections() {
        Map<String, String> sections = new TreeMap<>();
        read(PERMANENT, permanent, sections);
        read(VOLATILE, volatileState, sections);
        return sections;
    }

    private static void remove(int tag, Map<String, String> expected, Map<String, String> actual) {
        for (String state : new String[] {PERMANENT, VOLATILE}) {
            expected.remove(state + tag);
            actual.remove(state + tag);
        }
    }

    private static void read(String state, byte[] encoded, Map<String, String> sections) {
        ByteBuffer in = ByteBuffer.wrap(encoded).position(HEADER_SIZE);
        while (in.hasRemaining()) {
            int tag = in.getShort();
            byte[] content = new byte[in.getInt()];
            in.get(content);
            sections.put(state + tag, HexFormat.of().formatHex(content));
        }
    }
}
