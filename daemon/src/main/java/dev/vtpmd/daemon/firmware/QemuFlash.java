package dev.vtpmd.daemon.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What QEMU's command line says of firmware, and of the TPM that goes with it. */
public final class QemuFlash {
    private static final byte[] QCOW2_MAGIC = {'Q', 'F', 'I', (byte) 0xFB};

    private QemuFlash() {}

    /** The arguments that put firmware in a machine's first flash, for reading alone. */
    public static List<String> firmware(Path image) {
        return List.of("-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + escaped(image.toString()));
    }

    /**
     * The arguments that put a machine's own file of UEFI variables in its second flash.
     *
     * @throws IOException if it cannot be read
     */
    public static List<String> variables(Path file) throws IOException {
        byte[] magic;
        try (InputStream in = Files.newInputStream(file)) {
            magic = in.readNBytes(QCOW2_MAGIC.length);
        }
        String format = Arrays.equals(magic, QCOW2_MAGIC) ? "qcow2" : "raw";
        return List.of("-drive", "if=pflash,unit=1,format=" + format + ",file=" + escaped(file.toString()));
    }

    /** The device through which a machine of this architecture has its TPM: QEMU has tpm-crb for PCs alone. */
    public static String tpmDevice(Optional<Architecture> architecture) {
        boolean pc = architecture
                .map(known -> known == Architecture.X86_64 || known == Architecture.IA32)
                .orElse(true);
        return (pc ? "tpm-crb" : "tpm-tis-device") + ",tpmdev=tpm0";
    }

    /** A value in one of QEMU's options: a comma would begin the next option; a doubled one stands for itself. */
    public static String escaped(String value) {
        return value.replace(",", ",,");
    }
}
