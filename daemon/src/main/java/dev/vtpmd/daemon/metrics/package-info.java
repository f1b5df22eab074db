/**
 * What the service counts and measures, for Prometheus. Devices tell it what they do; it is read at {@code GET /metrics} of the
 * administration socket, and of a TCP port where one is asked for.
 */
package dev.vtpmd.daemon.metrics;
