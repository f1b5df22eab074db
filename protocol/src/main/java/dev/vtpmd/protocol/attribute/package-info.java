/** Attribute words, TPMA_*: Part 2, clause 8, and TPMA_NV of clause 13. */
package dev.vtpmd.protocol.attribute;
