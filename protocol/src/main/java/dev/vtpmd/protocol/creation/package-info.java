/** Creation data: Part 2, clause 15. */
package dev.vtpmd.protocol.creation;
