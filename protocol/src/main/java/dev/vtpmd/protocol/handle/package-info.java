/** Interface types over handles: Part 2, clause 9. */
package dev.vtpmd.protocol.handle;
