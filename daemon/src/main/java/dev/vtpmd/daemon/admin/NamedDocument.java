package dev.vtpmd.daemon.admin;

/** A document about one instance. */
public interface NamedDocument {
    /** The name of the instance; null if it is left out. */
    String name();
}
