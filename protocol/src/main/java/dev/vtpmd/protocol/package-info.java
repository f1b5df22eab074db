/**
 * What goes over a wire: TPM 2.0 structures (TPM 2.0 Library specification, Part 2), MSSIM frames and swtpm control
 * messages. Nothing here does I/O or keeps state.
 */
package dev.vtpmd.protocol;
