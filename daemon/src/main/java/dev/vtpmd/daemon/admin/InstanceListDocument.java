package dev.vtpmd.daemon.admin;

import java.util.List;

/** All instances of a host, by name. */
public record InstanceListDocument(List<InstanceDocument> instances) {
    /** Copies the list. */
    public InstanceListDocument {
        instances = List.copyOf(instances);
    }
}
