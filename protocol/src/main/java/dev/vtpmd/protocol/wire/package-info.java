/** Reading and writing the TPM's big-endian encoding, with the response codes of Part 2 for what cannot be read. */
package dev.vtpmd.protocol.wire;
