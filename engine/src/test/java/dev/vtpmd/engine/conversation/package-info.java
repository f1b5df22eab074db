/**
 * Conversations of a client with a TPM of the full profile, in which every command succeeds at least once. They are where
 * tests begin that change commands in all ways, and what fuzzing starts from.
 */
package dev.vtpmd.engine.conversation;
