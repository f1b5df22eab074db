/** Placeholder. */
package dev.vtpmd.store;
