package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * The keys that a TPM was provisioned with, and their certificates. Nothing of it is secret.
 *
 * @param instance name of the instance
 * @param keys in the order of their handles
 */
public record KeysDocument(String instance, List<Key> keys) {
    /**
     * One of them. What there is not is left out, and null here.
     *
     * @param name such as {@code rsa2048}, {@code idevid}, {@code platform} or {@code srk}
     * @param handle under which it is persistent, in hexadecimal
     * @param publicKey in PEM
     * @param certificateIndex the NV index of its certificate, in hexadecimal
     * @param certificate in PEM
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Key(String name, String handle, String publicKey, String certificateIndex, String certificate) {}
}
