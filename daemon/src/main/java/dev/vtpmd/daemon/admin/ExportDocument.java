package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.Arrays;

/**
 * Asks for an instance's TPM in a file.
 *
 * @param recipient X25519 public key in PEM of who will open it; base64 in JSON
 * @param sender X25519 private key in PEM that says where it comes from, null for none; base64 in JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExportDocument(byte[] recipient, byte[] sender) {
    /** Overwrites the private key. */
    public void wipe() {
        if (sender != null) {
            Arrays.fill(sender, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "ExportDocument[]";
    }
}
