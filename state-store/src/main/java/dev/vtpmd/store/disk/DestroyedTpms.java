package dev.vtpmd.store.disk;

import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which TPMs were destroyed here after they had been handed over before, and up to which handover: so that an old export file does
 * not bring one back. A text file with a line for each: its UUID, a blank, the number of the handover.
 */
final class DestroyedTpms {
    private static final String FILE = "destroyed";
    private static final int LARGEST_FILE = 16 << 20;

    private final StateFiles files;
    private final Path directory;

    DestroyedTpms(StateFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /** The last handover of a TPM that was destroyed here; 0 if none is known. */
    long handover(UUID tpm) throws IOException {
        return read().getOrDefault(tpm, 0L);
    }

    /** Notes one, durably. */
    void add(UUID tpm, long handover) throws IOException {
        Map<UUID, Long> all = read();
        all.merge(tpm, handover, Math::max);
        StringBuilder text = new StringBuilder();
        all.forEach((uuid, last) -> text.append(uuid).append(' ').append(last).append('\n'));
        ReplacedFile.write(
                files,
                directory.resolve(FILE),
                directory.resolve(FILE + ".new"),
                text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Map<UUID, Long> read() throws IOException {
        Map<UUID, Long> all = new TreeMap<>();
        Path file = directory.resolve(FILE);
        if (!files.exists(file)) {
            return all;
        }
        String text = new String(files.read(file, LARGEST_FILE), StandardCharsets.US_ASCII);
        for (String line : text.lines().toList()) {
            if (line.matches("[0-9a-f-]{36} [0-9]{1,18}")) {
                all.put(UUID.fromString(line.substring(0, 36)), Long.parseLong(line.substring(37)));
            }
        }
        return all;
    }
}
