/**
 * The TCP protocol of the TCG reference simulator, which TPM software stacks call MSSIM: signals on a command port and a
 * platform port. A client sends a UINT32 code and what belongs to it; most signals are answered with a UINT32 0 behind the
 * answer proper. All integers are big-endian unless said otherwise.
 */
package dev.vtpmd.protocol.mssim;
