/**
 * The cryptography of a TPM (Part 1, 11 and annexes B and C): digests, HMAC, key derivation, symmetric modes, RSA and
 * elliptic curves. It knows algorithms, not TPM objects.
 *
 * <p>Objects named for an activity ({@link dev.vtpmd.engine.crypto.Digests}, {@link dev.vtpmd.engine.crypto.Hmacs} and so on)
 * hold reusable provider objects: one of each belongs to one TPM and is used by one thread at a time. Integers that go over
 * the wire are big-endian byte arrays of the size that the TPM gives them.
 */
package dev.vtpmd.engine.crypto;
