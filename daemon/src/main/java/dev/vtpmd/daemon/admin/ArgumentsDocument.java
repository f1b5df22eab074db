package dev.vtpmd.daemon.admin;

import java.util.List;

/** Arguments for another program, one by one. */
public record ArgumentsDocument(List<String> arguments) {
    /** Copies the list. */
    public ArgumentsDocument {
        arguments = List.copyOf(arguments);
    }
}
