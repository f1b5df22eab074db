/** Structures of attached components (Part 2, clause 16). */
package dev.vtpmd.protocol.attachedcomponent;
