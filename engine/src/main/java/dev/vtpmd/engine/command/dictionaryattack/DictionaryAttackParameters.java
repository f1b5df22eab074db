package dev.vtpmd.engine.command.dictionaryattack;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_DictionaryAttackParameters (Part 3, 25.3). Failures that were counted stay so. */
public final class DictionaryAttackParameters implements Command {
    @Override
    public void execute(CommandContext command) {
        int maxTries = command.intParameter(TpmReader::u32);
        int recoveryTime = command.intParameter(TpmReader::u32);
        int lockoutRecovery = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        command.tpm().requireNv();
        command.tpm().dictionaryAttack().parameters(maxTries, recoveryTime, lockoutRecovery);
    }
}
