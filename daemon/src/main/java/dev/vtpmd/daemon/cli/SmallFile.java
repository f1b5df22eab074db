package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a user names, of which none is large: what is, was named by mistake, and is not read into memory. */
final class SmallFile {
    /** Of keys and certificates in PEM. */
    static final int PEM = 1 << 20;

    /** Of what goes to the service, which takes no more in one request. */
    static final int EXPORT = 4 << 20;

    private SmallFile() {}

    /**
     * The content of {@code file}.
     *
     * @param what it should have, in words
     * @param mostBytes that it may have
     */
    static byte[] read(Path file, String what, int mostBytes) throws IOException, AdminException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                throw new AdminException(file + ": is larger than " + what);
            }
            return content;
        }
    }
}
