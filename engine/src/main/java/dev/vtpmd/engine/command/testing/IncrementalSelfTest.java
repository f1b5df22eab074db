package dev.vtpmd.engine.command.testing;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.selftest.SelfTests;
import dev.vtpmd.protocol.structure.TpmlAlg;

/** TPM2_IncrementalSelfTest (Part 3, 10.3). The response comes when the tests are done. */
public final class IncrementalSelfTest implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmlAlg toTest = command.parameter(TpmlAlg::read);
        command.endOfParameters();
        SelfTests tests = command.tpm().selfTests();
        tests.testUntested(toTest.algorithms());
        new TpmlAlg(tests.untested()).write(command.response());
    }
}
