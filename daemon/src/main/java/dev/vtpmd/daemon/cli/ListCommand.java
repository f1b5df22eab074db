package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.InstanceListDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd list}. */
@Command(name = "list", description = "Lists all instances.")
final class ListCommand implements Callable<Integer> {
    private static final String LINE = "%-24s %-36s %-8s %-6s %s%n";

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws AdminException {
        InstanceListDocument list = service.client().list();
        if (output.json()) {
            output.document(list);
            return 0;
        }
        output.writer().printf(LINE, "NAME", "UUID", "STATE", "MSSIM", "TCP");
        list.instances().forEach(this::print);
        output.writer().flush();
        return 0;
    }

    private void print(InstanceDocument instance) {
        output.writer()
                .printf(
                        LINE,
                        instance.name() == null ? "-" : instance.name(),
                        instance.uuid(),
                        instance.state(),
                        instance.mssim() == null ? "-" : instance.mssim().command(),
                        instance.tcp() == null ? "-" : instance.tcp().data());
    }
}
