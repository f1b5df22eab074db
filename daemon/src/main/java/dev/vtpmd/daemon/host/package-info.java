/** What a device gets from this host: storage in the state store, randomness, a clock. */
package dev.vtpmd.daemon.host;
