package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.audit.CommandAudit;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.TpmWriter;

/** What command audit records of a command and its response (Part 1, 32). */
public final class AuditEntry {
    private AuditEntry() {}

    /**
     * Records {@code command}, which has succeeded. Parameters count as they went over the wire, encrypted or not.
     *
     * @param authorization that of a command with sessions, else null
     * @param from offset of the first response parameter
     * @param to where the response parameters end
     */
    public static void record(
            CommandContext command, Authorization authorization, TpmWriter response, int from, int to) {
        CommandAudit audit = command.tpm().commandAudit();
        CommandHashes hashes = authorization == null ? new CommandHashes(command) : authorization.hashes();
        byte[] rpHash = CommandHashes.rpHash(command, audit.hash(), response, from, to);
        audit.extend(hashes.cpHash(audit.hash()), rpHash);
    }
}
