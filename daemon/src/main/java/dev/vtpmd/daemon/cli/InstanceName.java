package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Parameters;

/** The instance that a command is about. */
final class InstanceName {
    @Parameters(index = "0", paramLabel = "NAME", description = "name or UUID of the instance")
    private String name;

    @Override
    public String toString() {
        return name;
    }
}
