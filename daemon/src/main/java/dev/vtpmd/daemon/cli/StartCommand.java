package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd start}. */
@Command(
        name = "start",
        description = "Tries once more to start an instance that has failed, for example because its port was taken.")
final class StartCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().start(name.toString()));
        return 0;
    }
}
