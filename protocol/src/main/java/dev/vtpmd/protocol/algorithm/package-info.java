/** Algorithm parameters and structures: Part 2, clause 11, and the interface types over algorithms of clause 9. */
package dev.vtpmd.protocol.algorithm;
