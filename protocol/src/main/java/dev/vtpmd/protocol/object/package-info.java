/** Object structures: Part 2, clause 12, and what TPM2_Create takes. */
package dev.vtpmd.protocol.object;
