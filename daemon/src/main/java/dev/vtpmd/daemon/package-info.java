/** Placeholder. */
package dev.vtpmd.daemon;
