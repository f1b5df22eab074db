package dev.vtpmd.protocol.swtpm;

/** One message from a client of the control channel. */
public sealed interface ControlRequest {
    /** Which commands the TPM's owner offers. */
    record GetCapability() implements ControlRequest {}

    /** Power-cycles the TPM; {@code deleteVolatile}: remove the stored volatile state once it has been taken up. */
    record Init(boolean deleteVolatile) implements ControlRequest {}

    /** Ends the TPM and the process that was started for it alone. */
    record Shutdown() implements ControlRequest {}

    /** Reads the TPM_ACCESS_x.tpmEstablishment flag. */
    record GetTpmEstablished() implements ControlRequest {}

    /** Sets the locality of the commands that follow; {@code locality} is 0 to 255 and may be illegal. */
    record SetLocality(int locality) implements ControlRequest {}

    /** _TPM_Hash_Start. */
    record HashStart() implements ControlRequest {}

    /** _TPM_Hash_Data: a piece of one message, which is answered after its {@code last} piece. */
    record HashData(byte[] data, boolean last) implements ControlRequest {}

    /** _TPM_Hash_End. */
    record HashEnd() implements ControlRequest {}

    /** Asks the TPM command that runs to end. */
    record CancelTpmCommand() implements ControlRequest {}

    /** Stores the volatile state. */
    record StoreVolatile() implements ControlRequest {}

    /** Clears the established flag, as from {@code locality}, 0 to 255 on the wire. */
    record ResetTpmEstablished(int locality) implements ControlRequest {}

    /**
     * Reads a state.
     *
     * @param decrypted whether the file key's encryption is to be taken off first
     * @param type a {@link StateBlobType}'s value, or an illegal one
     * @param offset where in the blob to begin, unsigned
     */
    record GetStateBlob(boolean decrypted, int type, int offset) implements ControlRequest {}

    /**
     * Gives a state for the next INIT.
     *
     * @param flags what the reply to GET_STATEBLOB had
     * @param type a {@link StateBlobType}'s value, or an illegal one
     * @param blob at most {@link ControlRequestDecoder#MAXIMUM_STATE_BLOB} bytes
     */
    record SetStateBlob(int flags, int type, byte[] blob) implements ControlRequest {}

    /** Stops the TPM, not its process. */
    record Stop() implements ControlRequest {}

    /** Which keys are configured. */
    record GetConfig() implements ControlRequest {}

    /** Hands over the data channel; its descriptor comes in the message's ancillary data. */
    record SetDataFd() implements ControlRequest {}

    /** Sets the TPM's buffer size to {@code size} bytes (unsigned), or asks for it with 0. */
    record SetBufferSize(int size) implements ControlRequest {}

    /** Asks for a description of the TPM: members chosen by the bits of {@code flags}, the text from {@code offset} on. */
    record GetInfo(long flags, int offset) implements ControlRequest {}

    /** Takes the storage lock, trying again {@code retries} times (unsigned) every 10 ms. */
    record LockStorage(int retries) implements ControlRequest {}

    /** A known command with surplus bytes: {@link ControlResult#BAD_PARAMETER}. */
    record Malformed(ControlCommand command) implements ControlRequest {}

    /** A state blob that announces more bytes than are accepted. Nothing behind it can be understood. */
    record OversizeStateBlob() implements ControlRequest {}

    /** A code that no command has. */
    record Unknown(int code) implements ControlRequest {}
}
