/** Context structures: Part 2, clause 14. */
package dev.vtpmd.protocol.context;
