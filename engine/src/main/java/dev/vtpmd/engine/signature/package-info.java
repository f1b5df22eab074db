/** Signatures with loaded keys, and the choice of their scheme (Part 1, 25.3; Part 3, 20). */
package dev.vtpmd.engine.signature;
