/**
 * What survives a TPM's process: its permanent state, and its volatile state where a VM is suspended or migrated.
 *
 * <p>This package is what the rest of vtpmd sees: {@link dev.vtpmd.store.StateStore} for all instances of a host,
 * {@link dev.vtpmd.store.InstanceStore} for one of them, and the exceptions that refuse a file. How it looks on disk
 * stands in {@code docs/state-format.md}.
 */
package dev.vtpmd.store;
