package dev.vtpmd.engine.command.dictionaryattack;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;

/** TPM2_DictionaryAttackLockReset (Part 3, 25.2). */
public final class DictionaryAttackLockReset implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.tpm().requireNv();
        command.tpm().dictionaryAttack().lockReset();
    }
}
