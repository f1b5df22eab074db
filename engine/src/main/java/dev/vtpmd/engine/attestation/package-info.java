/** What the TPM attests about its own state and objects (Part 1, 31; Part 3, 18). */
package dev.vtpmd.engine.attestation;
