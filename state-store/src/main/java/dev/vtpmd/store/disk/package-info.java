/** The store as a directory: one folder for each instance, held by one process. */
package dev.vtpmd.store.disk;
