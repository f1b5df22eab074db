package dev.vtpmd.daemon.admin;

/**
 * A TPM that has moved into a file.
 *
 * @param file its content, encrypted; base64 in JSON
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExportFileDocument(byte[] file) {}
