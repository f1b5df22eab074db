package dev.vtpmd.daemon.firmware;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What firmware has to be before a machine gets a TPM with it: UEFI firmware with TPM 2.0 support and, where there is a certificate,
 * signed with its key. From any thread; reads files.
 */
public final class FirmwareRules {
    /** Images that are remembered by their digests, since a host's machines have few different ones. */
    private static final int MOST_KNOWN = 16;

    private final Optional<FirmwareCertificate> certificate;
    private final Map<String, Optional<Architecture>> known = new LinkedHashMap<>();

    private FirmwareRules(Optional<FirmwareCertificate> certificate) {
        this.certificate = certificate;
    }

    /** Firmware need not be signed. */
    public static FirmwareRules withoutSignature() {
        return new FirmwareRules(Optional.empty());
    }

    /**
     * Firmware must be signed with the key of the certificate in {@code file}.
     *
     * @throws FirmwareException if there is no certificate that can be used now
     */
    public static FirmwareRules signedWith(Path file) throws FirmwareException {
        FirmwareCertificate certificate = new FirmwareCertificate(file.toAbsolutePath());
        certificate.read();
        return new FirmwareRules(Optional.of(certificate));
    }

    /** Whether firmware must be signed. */
    public boolean signatureRequired() {
        return certificate.isPresent();
    }

    /**
     * Checks a firmware file.
     *
     * @throws FirmwareException if it cannot be used, with the reason
     */
    public CheckedFirmware check(Path file) throws FirmwareException {
        Path absolute = file.toAbsolutePath();
        try (FirmwareImage image = FirmwareImage.read(absolute)) {
            String digest = image.sha256();
            Optional<Architecture> architecture = look(absolute, image, digest);
            if (certificate.isPresent()) {
                certificate.get().verify(absolute, image.content());
            }
            return new CheckedFirmware(absolute, digest, architecture);
        }
    }

    /** One image after the other, since it takes a lot of memory. */
    private synchronized Optional<Architecture> look(Path file, FirmwareImage image, String digest)
            throws FirmwareException {
        Optional<Architecture> seen = known.get(digest);
        if (seen != null) {
            return seen;
        }
        try {
            Optional<Architecture> architecture = image.requireUefiWithTpm();
            if (known.size() >= MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(digest, architecture);
            return architecture;
        } catch (FirmwareException e) {
            throw new FirmwareException(file + ": " + e.getMessage(), e);
        }
    }
}
