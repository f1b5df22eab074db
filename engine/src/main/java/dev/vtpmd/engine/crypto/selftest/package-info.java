/** Tests of the TPM's own cryptography against known answers (Part 1, 12.4). */
package dev.vtpmd.engine.crypto.selftest;
