/**
 * Defects that other TPMs had and that were published: one class for each kind, with what went wrong there, and what a TPM
 * must do instead. The response codes are those of the TCG's reference implementation and of libtpms, as mended.
 */
package dev.vtpmd.engine.defect;
