/** NV structures: Part 2, clause 13. */
package dev.vtpmd.protocol.nv;
