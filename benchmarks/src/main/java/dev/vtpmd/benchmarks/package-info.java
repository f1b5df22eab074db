/** Benchmarks of the engine's hot paths, run with {@code scripts/microbench}. */
package dev.vtpmd.benchmarks;
