package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.InstanceListDocument;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code vtpmd list}. */
@Command(name = "list", description = "Lists all instances.")
final class ListCommand implements Callable<Integer> {
    private static final String LINE = "%-24s %-36s %-8s %-8s %-10s %-6s %s%n";

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @ArgGroup
    private Only only = new Only();

    /** What a shell completes. */
    private static final class Only {
        @Option(names = "--names", description = "print the names alone, one on a line")
        private boolean names;

        @Option(names = "--uuids", description = "print the UUIDs alone, one on a line")
        private boolean uuids;
    }

    @Override
    public Integer call() throws AdminException {
        InstanceListDocument list = service.client().list();
        if (only.names) {
            lines(list.instances().stream()
                    .map(InstanceDocument::name)
                    .filter(Objects::nonNull)
                    .toList());
        } else if (only.uuids) {
            lines(list.instances().stream().map(InstanceDocument::uuid).toList());
        } else if (output.json()) {
            output.document(list);
        } else {
            table(list);
        }
        return 0;
    }

    private void lines(List<String> lines) {
        if (output.json()) {
            output.document(lines);
            return;
        }
        lines.forEach(output.writer()::println);
        output.writer().flush();
    }

    private void table(InstanceListDocument list) {
        output.writer().printf(LINE, "NAME", "UUID", "STATE", "PID", "COMMANDS", "MSSIM", "TCP");
        list.instances().forEach(this::print);
        output.writer().flush();
    }

    private void print(InstanceDocument instance) {
        output.writer()
                .printf(
                        LINE,
                        instance.name() == null ? "-" : instance.name(),
                        instance.uuid(),
                        instance.state(),
                        instance.attached() == null ? "-" : instance.attached().pid(),
                        instance.commands() == null ? "-" : instance.commands(),
                        instance.mssim() == null ? "-" : instance.mssim().command(),
                        instance.tcp() == null ? "-" : instance.tcp().data());
    }
}
