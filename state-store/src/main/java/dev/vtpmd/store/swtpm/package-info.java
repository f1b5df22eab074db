/** The files and state blobs of swtpm: one TPM in one directory, and what migrates between two of them. */
package dev.vtpmd.store.swtpm;
