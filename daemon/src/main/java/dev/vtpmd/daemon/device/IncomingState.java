package dev.vtpmd.daemon.device;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** States that a control client has given, until the next INIT takes them. */
final class IncomingState {
    private byte[] permanent = new byte[0];
    private byte[] volatileState = new byte[0];
    private Object giver;

    /** Notes who gives them. */
    void from(Object client) {
        giver = client;
    }

    /** Who gave them; null if nobody did. */
    Object giver() {
        return giver;
    }

    /** Forgets what {@code client} gave. */
    void clearFrom(Object client) {
        if (Objects.equals(client, giver)) {
            clear();
        }
    }

    /** Keeps {@code state} as the permanent state; of length 0, forgets the one before. */
    void permanent(byte[] state) {
        Arrays.fill(permanent, (byte) 0);
        permanent = state;
    }

    /** Keeps {@code state} as the volatile state; of length 0, forgets the one before. */
    void volatileState(byte[] state) {
        Arrays.fill(volatileState, (byte) 0);
        volatileState = state;
    }

    /** The permanent state, if one was given. */
    Optional<byte[]> permanent() {
        return permanent.length == 0 ? Optional.empty() : Optional.of(permanent);
    }

    /** The volatile state, if one was given. */
    Optional<byte[]> volatileState() {
        return volatileState.length == 0 ? Optional.empty() : Optional.of(volatileState);
    }

    /** Forgets everything. */
    void clear() {
        permanent(new byte[0]);
        volatileState(new byte[0]);
        giver = null;
    }
}
