package dev.vtpmd.engine.command;

/** One command: its parameters and its "Detailed Actions" of Part 3. Commands keep no state. */
@FunctionalInterface
public interface Command {
    /**
     * Reads the parameters from {@code context}, acts on the TPM, and writes the response parameters.
     *
     * @throws dev.vtpmd.protocol.wire.TpmException the response code; the TPM is then as it was before
     */
    void execute(CommandContext context);
}
