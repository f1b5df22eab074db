package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Option;

/** The TCP ports of a new instance. */
final class PortOptions {
    @Option(
            names = "--mssim",
            paramLabel = "PORT",
            description = "also serve the protocol of the TCG reference simulator: commands on TCP port PORT of the"
                    + " loopback interface, platform signals on PORT+1")
    private Integer mssim;

    @Option(
            names = "--tcp",
            paramLabel = "PORT",
            description =
                    "also serve swtpm's protocol over TCP: data on port PORT of the loopback interface, control on"
                            + " PORT+1; the TPM is started without waiting for a client")
    private Integer tcp;

    /** The MSSIM command port, null for none. */
    Integer mssim() {
        return mssim;
    }

    /** The port of swtpm's data channel, null for none. */
    Integer tcp() {
        return tcp;
    }
}
