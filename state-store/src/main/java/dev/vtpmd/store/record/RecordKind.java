package dev.vtpmd.store.record;

import java.util.Arrays;
import java.util.Optional;

/** What a record holds. The code stands in its header, the file name before the slot's number. */
public enum RecordKind {
    /** An instance's data key, sealed with the host key. */
    DATA_KEY(1, "key", "data key", 4096),
    /** An instance's name, creation time and settings. */
    METADATA(2, "metadata", "metadata", 4096),
    /** A TPM's permanent state. */
    PERMANENT(3, "permanent", "permanent state", 16384),
    /** A TPM's volatile state. */
    VOLATILE(4, "volatile", "volatile state", 4096),
    /** The state directory itself: which host key it is sealed with. */
    STORE(5, "store", "seal of the state directory", 4096),
    /** A change of the host key under way: either key, sealed with the other. */
    HOST_KEY_CHANGE(6, "rekey", "change of the host key", 0),
    /** The register of the instances and their generations. */
    REGISTER(7, "register", "register of generations", 4096),
    /** The local certification authority: its key and certificates. */
    AUTHORITY(8, "authority", "certification authority", 0),
    /** What has changed since the register was written as a whole. */
    REGISTER_CHANGES(9, "changes", "changes of the register", 4096);

    private final int code;
    private final String fileName;
    private final String title;
    private final int initialCapacity;

    RecordKind(int code, String fileName, String title, int initialCapacity) {
        this.code = code;
        this.fileName = fileName;
        this.title = title;
        this.initialCapacity = initialCapacity;
    }

    /** The kind with this code, if there is one. */
    public static Optional<RecordKind> of(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    /** The kind in the header of a record, 1 byte. */
    public int code() {
        return code;
    }

    /** The name of the file, for a kind that has one alone. */
    String fileName() {
        return fileName;
    }

    /** The name of the file for slot 0 or 1. */
    public String fileName(int slot) {
        return fileName + "." + slot;
    }

    /** The kind in words, for messages. */
    public String title() {
        return title;
    }

    /** The size in bytes that a file of this kind is created with. */
    int initialCapacity() {
        return initialCapacity;
    }
}
