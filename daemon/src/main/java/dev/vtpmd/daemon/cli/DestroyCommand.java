package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd destroy}. */
@Command(name = "destroy", description = "Removes an instance and its state for good; what was sealed to it is lost.")
final class DestroyCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Override
    public Integer call() throws AdminException {
        service.client().destroy(name.toString());
        output.done(new DoneDocument("destroy", name.toString(), null));
        return 0;
    }
}
