package dev.vtpmd.daemon.firmware;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A firmware image that was found good.
 *
 * @param file where it is, absolute
 * @param sha256 the digest of the image, in lower-case hexadecimal digits
 * @param architecture of the machine that it is for, if that is known
 */
public record CheckedFirmware(Path file, String sha256, Optional<Architecture> architecture) {}
