/**
 * The TPM. {@link dev.vtpmd.engine.Tpm} executes one command at a time against the state of one TPM; it has no threads, files
 * or sockets of its own, and is deterministic given its {@link dev.vtpmd.engine.TpmPlatform} and its input.
 */
package dev.vtpmd.engine;
