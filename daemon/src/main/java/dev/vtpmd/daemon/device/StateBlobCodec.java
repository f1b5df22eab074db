package dev.vtpmd.daemon.device;

/** The outer form in which states leave and enter a device through its control channel. */
public interface StateBlobCodec {
    /**
     * The blob of a state.
     *
     * @param decrypted whether the client asks for it without the file key's encryption
     */
    byte[] encode(byte[] state, boolean decrypted);

    /**
     * The state in a blob.
     *
     * @return the state, of length 0 if the blob has nothing behind its header
     * @throws StateRefusedException if the header is broken, a key is missing, or the authentication fails
     */
    byte[] decode(byte[] blob) throws StateRefusedException;

    /** Whether a file key is configured, with which {@link #encode} encrypts unless told otherwise. */
    boolean fileKey();

    /** Whether a migration key is configured. */
    boolean migrationKey();
}
