/**
 * One TPM in one process, started exactly as swtpm is started ({@code swtpm socket ...}), for everything that knows how to do
 * that. {@link dev.vtpmd.daemon.swtpm.Swtpm} is the program.
 */
package dev.vtpmd.daemon.swtpm;
