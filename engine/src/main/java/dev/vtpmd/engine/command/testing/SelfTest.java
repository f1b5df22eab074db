package dev.vtpmd.engine.command.testing;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.selftest.SelfTests;

/** TPM2_SelfTest (Part 3, 10.2). The response comes when the tests are done. */
public final class SelfTest implements Command {
    @Override
    public void execute(CommandContext command) {
        boolean fullTest = command.yesNoParameter();
        command.endOfParameters();
        SelfTests tests = command.tpm().selfTests();
        if (fullTest) {
            tests.testAll();
        } else {
            tests.testUntested(tests.untested());
        }
    }
}
