package dev.vtpmd.daemon.firmware;

import dev.vtpmd.daemon.process.Failures;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** The bytes of a firmware file, read once, so that all that is said of them is said of the same bytes. Not on Java's heap. */
final class FirmwareImage implements AutoCloseable {
    /** What a flash of QEMU's machine virt holds, and as long as AAVMF's files are. */
    private static final long LONGEST = 64 << 20;

    private static final int QCOW2_MAGIC = 'Q' << 24 | 'F' << 16 | 'I' << 8 | 0xFB;
    private static final String ENCODED = "; part of it cannot be looked into, because of ";

    private final Arena memory;
    private final ByteBuffer content;

    private FirmwareImage(Arena memory, ByteBuffer content) {
        this.memory = memory;
        this.content = content;
    }

    /**
     * Reads a file.
     *
     * @throws FirmwareException if it is no file, cannot be read, or is longer than firmware is
     */
    static FirmwareImage read(Path file) throws FirmwareException {
        Arena memory = Arena.ofConfined();
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new FirmwareException(file + ": is not a file");
            }
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                long size = in.size();
                if (size > LONGEST) {
                    throw new FirmwareException(file + ": is longer than the " + (LONGEST >> 20)
                            + " MiB that the flash of a machine holds");
                }
                ByteBuffer content = memory.allocate(size, 8).asByteBuffer();
                while (content.hasRemaining()) {
                    if (in.read(content) < 0) {
                        throw new FirmwareException(file + ": was cut off while it was read");
                    }
                }
                return new FirmwareImage(memory, content.flip().asReadOnlyBuffer());
            }
        } catch (IOException e) {
            memory.close();
            throw new FirmwareException(Failures.line(e), e);
        } catch (FirmwareException e) {
            memory.close();
            throw e;
        }
    }

    /** Its bytes, as long as it is not closed. */
    ByteBuffer content() {
        return content.duplicate();
    }

    /** The SHA-256 digest of its bytes, in lower-case hexadecimal digits. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content());
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Looks for UEFI firmware with TPM 2.0 support in it.
     *
     * @return the architecture that it is for, if it is one that is known
     * @throws FirmwareException saying what it is instead, as the end of a sentence that begins with the file
     */
    Optional<Architecture> requireUefiWithTpm() throws FirmwareException {
        if (content.limit() >= 4 && content.getInt(0) == QCOW2_MAGIC) {
            throw new FirmwareException("is a qcow2 image, which cannot be looked into: make a raw one of it with"
                    + " 'qemu-img convert -O raw'");
        }
        FirmwareContents found = FirmwareContents.of(content);
        if (!found.volumes()) {
            throw new FirmwareException("is not UEFI firmware: there is no firmware volume in it");
        }
        String unread = found.unread().map(what -> ENCODED + what).orElse("");
        if (!found.dxeCore() && unread.isEmpty() && found.variables()) {
            throw new FirmwareException("has UEFI variables alone, not the firmware: give the CODE file instead");
        }
        if (!found.dxeCore()) {
            throw new FirmwareException("is not UEFI firmware: its firmware volumes have no DXE core in them" + unread);
        }
        if (!found.tcg2Driver()) {
            throw new FirmwareException(
                    "is UEFI firmware without TPM 2.0 support: no driver in it provides EFI_TCG2_PROTOCOL" + unread);
        }
        return Architecture.of(found.machine());
    }

    @Override
    public void close() {
        memory.close();
    }
}
