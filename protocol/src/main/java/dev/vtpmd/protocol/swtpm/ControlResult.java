package dev.vtpmd.protocol.swtpm;

/** Result of a control command: the first UINT32 of every reply, a TPM 1.2 return code (swtpm, tpm_ioctl.h). */
public enum ControlResult {
    SUCCESS(0x00),
    BAD_PARAMETER(0x03),
    FAIL(0x09),
    /** The command is unknown, or the TPM is not in the running state that it needs. */
    BAD_ORDINAL(0x0A),
    /** A blob is encrypted and no key is configured. */
    KEY_NOT_FOUND(0x0D),
    /** There is not enough room. */
    SIZE(0x17),
    IO_ERROR(0x1F),
    ENCRYPT_ERROR(0x20),
    DECRYPT_ERROR(0x21),
    INVALID_POSTINIT(0x26),
    BAD_KEY_PROPERTY(0x28),
    BAD_DATASIZE(0x2B),
    BAD_MODE(0x2C),
    BAD_VERSION(0x2E),
    BAD_TYPE(0x34),
    BAD_LOCALITY(0x3D),
    /** Not there, and that is no error: TPM_NON_FATAL. */
    RETRY(0x800);

    private final int code;

    ControlResult(int code) {
        this.code = code;
    }

    /** The code on the wire. */
    public int code() {
        return code;
    }
}
