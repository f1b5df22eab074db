package dev.vtpmd.daemon.swtpm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code --tpmstate}: the directory of the TPM's state.
 *
 * @param directory where the files are
 * @param mode their exact permission bits, if it is to be other than 0640 less the umask
 * @param lock whether the directory is locked while the TPM runs
 */
record StateOption(Path directory, OptionalInt mode, boolean lock) {
    private static final Set<String> KEYS = Set.of("dir", "backend-uri", "mode", "lock", "fsync");
    private static final String DIRECTORY_SCHEME = "dir://";

    static StateOption parse(String text) throws UsageException {
        ValueList values = new ValueList("tpmstate", text, KEYS);
        Optional<Path> directory = values.path("dir");
        Optional<String> uri = values.text("backend-uri");
        if (uri.isPresent()) {
            if (!uri.get().startsWith(DIRECTORY_SCHEME) || uri.get().length() == DIRECTORY_SCHEME.length()) {
                throw values.refused("backend-uri '" + uri.get() + "' is not supported; use dir://DIRECTORY");
            }
            directory = Optional.of(Path.of(uri.get().substring(DIRECTORY_SCHEME.length())));
        }
        return new StateOption(
                directory.orElseThrow(() -> values.refused("dir or backend-uri is needed")),
                values.mode("mode"),
                values.flag("lock", true));
    }

    static StateOption at(String directory) {
        return new StateOption(Path.of(directory), OptionalInt.empty(), true);
    }
}
