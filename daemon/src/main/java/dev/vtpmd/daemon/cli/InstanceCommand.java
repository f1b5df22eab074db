package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** A command that wants only the name of an instance, and shows the instance as it is then. */
abstract class InstanceCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    /**
     * Asks the service.
     *
     * @return the instance as it is afterwards
     */
    abstract InstanceDocument ask(AdminClient client, String instance) throws AdminException;

    @Override
    public final Integer call() throws AdminException {
        output.instance(ask(service.client(), name.toString()));
        return 0;
    }
}
