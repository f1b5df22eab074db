package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.ErrorDocument;

/**
 * The answer to a call.
 *
 * @param status of HTTP
 * @param document what is written as JSON, or {@link Content}; null for nothing
 */
record Answer(int status, Object document) {
    /** Here it is. */
    static Answer of(Object document) {
        return new Answer(200, document);
    }

    /** It is there now. */
    static Answer created(Object document) {
        return new Answer(201, document);
    }

    /** It is done, and there is nothing more to say. */
    static Answer done() {
        return new Answer(204, null);
    }

    /** It cannot be done; {@code line} says why. */
    static Answer refused(int status, String line) {
        return new Answer(status, new ErrorDocument(line));
    }
}
