package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.swtpm.StateBlobType;

import java.io.IOException;

/**
 * Who goes on with a TPM whose states leave or enter its device through the control channel: for a migration, a snapshot or a
 * suspended guest. A device calls all methods but {@link #possible} in tasks of its mailbox.
 *
 * <p>What is not allowed, or no longer so, is a {@link StateRefusedException}.
 */
public interface StateHandover {
    /** Whether states may leave and enter at all. If not, clients are told that the device has no commands for it. Any time. */
    boolean possible();

    /** What goes into the blob of {@code state} that a client is given. The array is not kept. */
    byte[] leave(StateBlobType type, byte[] state) throws IOException;

    /**
     * A client has all blobs now, so that the TPM may go on elsewhere. This is durable when it returns; what happens with the TPM
     * from then on begins with {@link #remain}.
     */
    void left() throws IOException;

    /** The state in a blob that a client gives. */
    byte[] enter(StateBlobType type, byte[] content) throws IOException;

    /**
     * The states that a client has given are in force, and durable. If the guest goes on with them here, {@link #remain} tells
     * it.
     */
    void entered() throws IOException;

    /**
     * The TPM is used here. Durable when it returns.
     *
     * @param sameClient whether the client is still there which has been given the states, or has given them
     */
    void remain(boolean sameClient) throws IOException;

    /**
     * Whether the states that were given to a client, or that it has given, are given up when it is gone. In swtpm they are not:
     * its tools open a connection for each command.
     */
    boolean endsWithClient();

    /**
     * That client is gone before anything was done with the TPM.
     *
     * @return whether the TPM may be elsewhere, and must not go on here
     */
    boolean clientGone();

    /** Whoever asks for states gets them, and whoever has some may give them, as in swtpm. */
    static StateHandover unrestricted() {
        return new StateHandover() {
            @Override
            public boolean possible() {
                return true;
            }

            @Override
            public byte[] leave(StateBlobType type, byte[] state) {
                return state.clone();
            }

            @Override
            public void left() {}

            @Override
            public byte[] enter(StateBlobType type, byte[] content) {
                return content;
            }

            @Override
            public void entered() {}

            @Override
            public void remain(boolean sameClient) {}

            @Override
            public boolean endsWithClient() {
                return false;
            }

            @Override
            public boolean clientGone() {
                return false;
            }
        };
    }
}
