package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code vtpmd show}. */
@Command(name = "show", description = "Shows an instance.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "NAME", description = "name or UUID of the instance")
    private String name;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().show(name));
        return 0;
    }
}
