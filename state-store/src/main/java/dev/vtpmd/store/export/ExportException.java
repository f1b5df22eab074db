package dev.vtpmd.store.export;

import java.io.IOException;

/** An export file or a key for it that cannot be used. The message is one line for the operator, without secrets. */
public final class ExportException extends IOException {
    /** Not usable because of {@code reason}. */
    public ExportException(String reason) {
        super(reason);
    }
}
