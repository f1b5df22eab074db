/** A TPM in a file, encrypted for the service that will go on with it. */
package dev.vtpmd.store.export;
