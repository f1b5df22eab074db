package dev.vtpmd.store.swtpm;

import java.io.IOException;

/** A blob that is refused. The message is a phrase without secrets; the result is what the control channel answers. */
public final class SwtpmBlobException extends IOException {
    /** Why a blob is refused, with the result code (TPM 1.2's) that swtpm's control channel has for it. */
    public enum Reason {
        /** The header or the values behind it make no sense (TPM_BAD_PARAMETER). */
        BROKEN(0x03),
        /** There is a key for it, and it has not got it (TPM_KEYNOTFOUND). */
        KEY_MISSING(0x0D),
        /** Not what was sealed with this key (TPM_DECRYPT_ERROR). */
        NOT_AUTHENTIC(0x21),
        /** The key has another length than the one it was sealed with (TPM_BAD_KEY_PROPERTY). */
        KEY_LENGTH(0x28),
        /** The header's size is another (TPM_BAD_DATASIZE). */
        HEADER_SIZE(0x2B),
        /** A later version (TPM_BAD_VERSION). */
        VERSION(0x2E);

        private final int result;

        Reason(int result) {
            this.result = result;
        }

        /** The result code of the control channel. */
        public int result() {
            return result;
        }
    }

    private final Reason reason;

    SwtpmBlobException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why the blob is refused. */
    public Reason reason() {
        return reason;
    }
}
