/** Components that are attached to a TPM (Part 3, 32). */
package dev.vtpmd.engine.attachedcomponent;
