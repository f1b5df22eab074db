package dev.vtpmd.engine.libtpms;

/** What was read is no state that libtpms writes, or one that this TPM cannot take. The message holds no secret. */
final class MalformedStateException extends RuntimeException {
    MalformedStateException(String reason) {
        super(reason, null, false, false);
    }
}
