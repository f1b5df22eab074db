package dev.vtpmd.daemon.admin.server;

/**
 * A body that is no JSON.
 *
 * @param type its media type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Content(String type, byte[] bytes) {}
