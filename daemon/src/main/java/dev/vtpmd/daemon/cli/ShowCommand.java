package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd show}. */
@Command(name = "show", description = "Shows an instance.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().show(name.toString()));
        return 0;
    }
}
