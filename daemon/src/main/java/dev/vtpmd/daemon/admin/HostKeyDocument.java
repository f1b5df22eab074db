package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Gives a new host key: one of the two.
 *
 * @param key 32 bytes, or 64 hexadecimal digits; base64 in JSON
 * @param passphrase from which the key is derived; base64 in JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HostKeyDocument(byte[] key, byte[] passphrase) {
    @Override
    public String toString() {
        return "HostKeyDocument[" + (key != null ? "key" : "passphrase") + "]";
    }
}
