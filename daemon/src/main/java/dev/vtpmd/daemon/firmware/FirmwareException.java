package dev.vtpmd.daemon.firmware;

/** A firmware image, or what belongs to it, that cannot be used. The message is one line for the operator. */
public final class FirmwareException extends Exception {
    FirmwareException(String message) {
        super(message);
    }

    FirmwareException(String message, Throwable cause) {
        super(message, cause);
    }
}
