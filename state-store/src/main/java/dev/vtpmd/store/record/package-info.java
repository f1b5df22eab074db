/**
 * The record: one encrypted and authenticated unit of storage, and the pair of slots that makes replacing it atomic.
 * {@code docs/state-format.md} describes both.
 */
package dev.vtpmd.store.record;
