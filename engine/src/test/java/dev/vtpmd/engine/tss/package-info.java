/**
 * The client's side of commands and sessions, for tests. It computes names, session keys and HMACs from Part 1 with the JDK's
 * cryptography alone, so that it agrees with the TPM only if both follow the specification.
 */
package dev.vtpmd.engine.tss;
