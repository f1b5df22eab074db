package dev.vtpmd.engine.crypto;

import java.nio.charset.StandardCharsets;

/**
 * The labels that tell a TPM's derived keys and encrypted secrets apart (Part 1, 11.4.10.2, and Part 2's and Part 4's
 * definitions). Where a label is hashed or given to OAEP, one zero byte ends it.
 */
public enum KdfLabel {
    ATH("ATH"),
    CFB("CFB"),
    XOR("XOR"),
    SECRET("SECRET"),
    DUPLICATE("DUPLICATE"),
    IDENTITY("IDENTITY"),
    STORAGE("STORAGE"),
    INTEGRITY("INTEGRITY"),
    CONTEXT("CONTEXT"),
    OBFUSCATE("OBFUSCATE"),
    PRIMARY_OBJECT_CREATION("Primary Object Creation"),
    ECDAA_COMMIT("ECDAA Commit");

    private final byte[] terminated;

    KdfLabel(String text) {
        this.terminated = (text + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    /** The characters and the zero byte that ends them. For reading only. */
    byte[] terminated() {
        return terminated;
    }

    /** A copy of the characters and the zero byte that ends them, as OAEP takes it. */
    public byte[] toByteArray() {
        return terminated.clone();
    }
}
