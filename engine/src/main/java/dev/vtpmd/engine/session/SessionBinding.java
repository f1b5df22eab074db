package dev.vtpmd.engine.session;

import dev.vtpmd.protocol.wire.Tpm2b;

/** The mark that tells whether an entity is the one that a session was bound to (Part 1, 19.6.12). */
public final class SessionBinding {
    private static final int NAME_ROOM = 2 + 64;

    private SessionBinding() {}

    /**
     * The mark of an entity: its Name, padded, and its authValue. It changes with either, so that a session is no longer
     * bound to an entity whose authValue has changed.
     */
    public static Tpm2b mark(Tpm2b name, Tpm2b authValue) {
        byte[] mark = new byte[NAME_ROOM + authValue.size()];
        System.arraycopy(name.bytes(), 0, mark, 0, name.size());
        System.arraycopy(authValue.bytes(), 0, mark, NAME_ROOM, authValue.size());
        return Tpm2b.wrap(mark);
    }
}
