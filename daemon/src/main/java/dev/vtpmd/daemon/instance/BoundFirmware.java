package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.store.InstanceInfo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The firmware that an instance's virtual machine starts with.
 *
 * @param file of the image, absolute
 * @param sha256 the digest of the image when it was last found good, in lower-case hexadecimal digits
 */
public record BoundFirmware(Path file, String sha256) {
    private static final String FILE = "firmware-file";
    private static final String DIGEST = "firmware-sha256";

    /** The firmware that was found good. */
    public static BoundFirmware to(CheckedFirmware firmware) {
        return new BoundFirmware(firmware.file(), firmware.sha256());
    }

    static Optional<BoundFirmware> of(InstanceInfo info) {
        String file = info.settings().get(FILE);
        return file == null
                ? Optional.empty()
                : Optional.of(new BoundFirmware(Path.of(file), info.settings().get(DIGEST)));
    }

    void store(Map<String, String> settings) {
        settings.put(FILE, file.toString());
        settings.put(DIGEST, sha256);
    }
}
