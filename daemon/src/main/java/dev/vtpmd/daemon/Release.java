package dev.vtpmd.daemon;

/** Which release of vtpmd this is. */
public final class Release {
    private Release() {}

    /** The version, as the build wrote it into the jar. */
    public static String version() {
        String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
