package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Option;

/** What may be done with the states of a TPM. */
final class PermissionOptions {
    @Option(
            names = "--migration",
            paramLabel = "allow|deny",
            description = "whether QEMU may migrate the machine, or save it, and another service go on with its TPM"
                    + " (a new TPM: deny)")
    private Answer migration;

    @Option(
            names = "--snapshots",
            paramLabel = "allow|deny",
            description =
                    "whether QEMU may make snapshots of the machine, and put its TPM back to them (a new TPM: deny)")
    private Answer snapshots;

    /** The words that picocli takes and shows. */
    enum Answer {
        allow,
        deny
    }

    /** {@code allow}, {@code deny}, or null if nothing was said. */
    String migration() {
        return migration == null ? null : migration.name();
    }

    /** {@code allow}, {@code deny}, or null if nothing was said. */
    String snapshots() {
        return snapshots == null ? null : snapshots.name();
    }
}
