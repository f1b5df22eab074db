package dev.vtpmd.engine.session;

import dev.vtpmd.protocol.wire.Tpm2b;

/**
 * The one hash that a policy session can be bound to; a policy has at most one of them (Part 1, 19.7.7).
 *
 * @param kind what was hashed
 * @param digest as long as a digest of the session's hash algorithm
 */
public record PolicyHash(Kind kind, Tpm2b digest) {
    /** Nothing is bound. */
    public static final PolicyHash NONE = new PolicyHash(Kind.NONE, Tpm2b.EMPTY);

    /** What was hashed. The ordinal is stored. */
    public enum Kind {
        NONE,
        /** cpHash: command, names and parameters (TPM2_PolicyCpHash, and cpHashA of others). */
        COMMAND,
        /** The names of all handles (TPM2_PolicyNameHash, TPM2_PolicyDuplicationSelect). */
        NAMES,
        /** The template of an object that is created (TPM2_PolicyTemplate). */
        TEMPLATE,
        /** Command and parameters, without names (TPM2_PolicyParameters). */
        PARAMETERS,
        /** COMMAND, where TEMPLATE had the same value before: the command is bound to the first, both may be asserted again. */
        COMMAND_AFTER_TEMPLATE
    }

    /** What the session is bound to once {@code cpHash}, which is equal to this hash if there is one, is asserted as cpHashA. */
    public PolicyHash followedByCommand(Tpm2b cpHash) {
        boolean template = kind == Kind.TEMPLATE || kind == Kind.COMMAND_AFTER_TEMPLATE;
        return new PolicyHash(template ? Kind.COMMAND_AFTER_TEMPLATE : Kind.COMMAND, cpHash);
    }

    /** Whether the command {@code asserted} may set the same value again. */
    public boolean repeatable(Kind asserted) {
        return switch (asserted) {
            case COMMAND, TEMPLATE -> kind == asserted || kind == Kind.COMMAND_AFTER_TEMPLATE;
            default -> false;
        };
    }
}
