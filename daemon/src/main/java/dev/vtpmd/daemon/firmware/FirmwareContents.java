package dev.vtpmd.daemon.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What was found in the firmware volumes of an image, and in the volumes and compressed sections inside of them. */
final class FirmwareContents {
    /** Volumes begin at multiples of this (PI Volume 3, 3.2.1: at least 8). */
    private static final int VOLUME_ALIGNMENT = 8;

    private static final int DEEPEST = 8;
    /** OVMF's volumes have less than 16 MiB. */
    private static final long MOST_DECOMPRESSED = 64 << 20;

    private static final int PE_OFFSET_OFFSET = 0x3C;
    private static final int PE_SIGNATURE = 'E' << 8 | 'P';
    private static final int PE_MACHINE_OFFSET = 4;

    private final Set<Guid> unknownEncodings = new LinkedHashSet<>();
    private long decompressed;
    private boolean volumes;
    private boolean variables;
    private boolean dxeCore;
    private boolean tcg2Driver;
    private boolean compressedByUefi;
    private int machine;

    private FirmwareContents() {}

    /**
     * Looks into an image.
     *
     * @throws FirmwareException if what is in it is damaged
     */
    static FirmwareContents of(ByteBuffer image) throws FirmwareException {
        FirmwareContents contents = new FirmwareContents();
        ByteBuffer data = image.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int offset = 0;
        while (offset < data.limit()) {
            if (FirmwareVolume.begins(data, offset)) {
                FirmwareVolume volume = FirmwareVolume.at(data, offset, "");
                contents.look(volume, 0);
                offset += volume.content().limit();
                offset = (offset + VOLUME_ALIGNMENT - 1) & -VOLUME_ALIGNMENT;
            } else {
                offset += VOLUME_ALIGNMENT;
            }
        }
        return contents;
    }

    /** Whether there is any firmware volume. */
    boolean volumes() {
        return volumes;
    }

    /** Whether there is a volume of UEFI variables. */
    boolean variables() {
        return variables;
    }

    /** Whether there is the core of UEFI's driver execution environment. */
    boolean dxeCore() {
        return dxeCore;
    }

    /** Whether there is a driver that provides EFI_TCG2_PROTOCOL. */
    boolean tcg2Driver() {
        return tcg2Driver;
    }

    /** IMAGE_FILE_MACHINE of the DXE core; 0 if it is not known. */
    int machine() {
        return machine;
    }

    /** What hides a part of the image from us. */
    Optional<String> unread() {
        if (compressedByUefi) {
            return Optional.of("UEFI's own compression");
        }
        return unknownEncodings.isEmpty()
                ? Optional.empty()
                : Optional.of("an encoding that is not known, "
                        + unknownEncodings.iterator().next());
    }

    private void look(FirmwareVolume volume, int depth) throws FirmwareException {
        if (depth > DEEPEST) {
            throw new FirmwareException("has volumes in volumes, more than " + DEEPEST + " deep");
        }
        volumes = true;
        variables |= volume.fileSystem().equals(Guid.VARIABLES);
        if (!volume.hasFiles()) {
            return;
        }
        for (FirmwareFile file : volume.files()) {
            dxeCore |= file.type() == FirmwareFile.DXE_CORE;
            if (file.hasSections()) {
                look(file.type(), file.body(), volume.where(), depth);
            }
        }
    }

    private void look(int fileType, ByteBuffer sections, String where, int depth) throws FirmwareException {
        if (depth > DEEPEST) {
            throw new FirmwareException("has sections in sections, more than " + DEEPEST + " deep");
        }
        for (FirmwareSection section : FirmwareSection.all(sections, where)) {
            switch (section.type()) {
                case FirmwareSection.FIRMWARE_VOLUME_IMAGE ->
                    look(FirmwareVolume.at(section.content(), 0, " of a file in " + where), depth + 1);
                case FirmwareSection.GUID_DEFINED -> decode(fileType, GuidedSection.of(section, where), where, depth);
                case FirmwareSection.DISPOSABLE -> look(fileType, section.content(), where, depth + 1);
                case FirmwareSection.COMPRESSION -> compressedByUefi = true;
                case FirmwareSection.PE32, FirmwareSection.TE -> executable(fileType, section);
                default -> {
                    // Names, versions, dependencies, and data of the files' own.
                }
            }
        }
    }

    private void decode(int fileType, GuidedSection section, String where, int depth) throws FirmwareException {
        if (section.lzma()) {
            ByteBuffer plain = section.decompressed(MOST_DECOMPRESSED - decompressed, where);
            decompressed += plain.limit();
            look(fileType, plain, "the compressed section of " + where, depth + 1);
        } else if (section.processingRequired()) {
            unknownEncodings.add(section.guid());
        } else {
            // A checksum or a signature before sections that can be read as they are.
            look(fileType, section.data(), where, depth + 1);
        }
    }

    /**
     * Many drivers use EFI_TCG2_PROTOCOL and so have its GUID in them. The one that provides it also installs the table of the
     * final events (TCG EFI Protocol Specification, 7).
     */
    private void executable(int fileType, FirmwareSection section) {
        ByteBuffer program = section.content();
        if (fileType == FirmwareFile.DRIVER
                && Guid.TCG2_PROTOCOL.in(program)
                && Guid.TCG2_FINAL_EVENTS_TABLE.in(program)) {
            tcg2Driver = true;
        }
        if (fileType == FirmwareFile.DXE_CORE && section.type() == FirmwareSection.PE32) {
            int header = program.limit() < PE_OFFSET_OFFSET + 4 ? -1 : program.getInt(PE_OFFSET_OFFSET);
            if (header >= 0
                    && header <= program.limit() - PE_MACHINE_OFFSET - 2
                    && program.getInt(header) == PE_SIGNATURE) {
                machine = Short.toUnsignedInt(program.getShort(header + PE_MACHINE_OFFSET));
            }
        }
    }
}
