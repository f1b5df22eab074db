package dev.vtpmd.engine.crypto;

/** Where the bytes of a new key come from: true randomness, or what a seed or a parent's secret gives. */
@FunctionalInterface
public interface KeyMaterialSource {
    /**
     * The next {@code count} bytes.
     *
     * @throws dev.vtpmd.protocol.wire.TpmException TPM_RC_NO_RESULT if the source cannot give that many
     */
    byte[] generate(int count);
}
