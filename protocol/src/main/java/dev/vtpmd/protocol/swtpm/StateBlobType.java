package dev.vtpmd.protocol.swtpm;

import java.util.Optional;

/** Which state a state blob holds (tpm_ioctl.h, PTM_BLOB_TYPE). */
public enum StateBlobType {
    PERMANENT(1),
    VOLATILE(2),
    /** Of TPM 1.2 only: always empty for a TPM 2. */
    SAVESTATE(3);

    private final int value;

    StateBlobType(int value) {
        this.value = value;
    }

    /** The type with this value, if there is one. */
    public static Optional<StateBlobType> of(int value) {
        return value >= 1 && value <= 3 ? Optional.of(values()[value - 1]) : Optional.empty();
    }

    /** The value on the wire. */
    public int value() {
        return value;
    }
}
