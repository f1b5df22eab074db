/**
 * The file layer: the few operations on files that the store needs, each of which can fail or be cut off by a crash. It is
 * an interface so that tests can do just that.
 */
package dev.vtpmd.store.file;
