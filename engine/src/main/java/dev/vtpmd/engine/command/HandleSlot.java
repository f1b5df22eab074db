package dev.vtpmd.engine.command;

import dev.vtpmd.protocol.handle.HandleType;

/**
 * A handle in a command's handle area.
 *
 * @param type which handles are accepted
 * @param orNull whether TPM_RH_NULL is, too
 * @param role what its use must be authorized for
 */
record HandleSlot(HandleType type, boolean orNull, AuthRole role) {}
