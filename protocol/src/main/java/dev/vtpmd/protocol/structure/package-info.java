/** Structures of Part 2, clause 10: digests, lists, PCR selections, tickets, capability data, attestation and sessions. */
package dev.vtpmd.protocol.structure;
