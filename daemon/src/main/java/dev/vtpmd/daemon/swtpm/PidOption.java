package dev.vtpmd.daemon.swtpm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code --pid}: the file, or the inherited descriptor, that gets this process's pid. */
record PidOption(Optional<Path> file, OptionalInt descriptor) {
    static PidOption parse(String text) throws UsageException {
        ValueList values = new ValueList("pid", text, Set.of("file", "fd"));
        PidOption option = new PidOption(values.path("file"), values.number("fd", Integer.MAX_VALUE));
        if (option.file.isEmpty() && option.descriptor.isEmpty()) {
            throw values.refused("file or fd is needed");
        }
        return option;
    }
}
