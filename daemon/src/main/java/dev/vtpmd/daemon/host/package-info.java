/** What a device gets from this host: storage in the state store, the form of its state blobs, randomness, a clock. */
package dev.vtpmd.daemon.host;
