package dev.vtpmd.engine.crypto;

/**
 * The two integers of an elliptic curve signature, big-endian.
 *
 * @param r of a signature made here as many bytes as the curve's order has; of one to be verified any number
 * @param s likewise
 */
@SuppressWarnings("ArrayRecordComponent")
public record EccSignature(byte[] r, byte[] s) {}
