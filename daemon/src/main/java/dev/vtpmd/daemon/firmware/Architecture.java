package dev.vtpmd.daemon.firmware;

import java.util.Optional;

/** The processors that UEFI firmware of virtual machines is for. */
public enum Architecture {
    /** 64-bit x86. */
    X86_64("x86-64", 0x8664),
    /** 32-bit x86. */
    IA32("x86", 0x014C),
    /** 64-bit ARM. */
    AARCH64("aarch64", 0xAA64),
    /** 32-bit ARM. */
    ARM("arm", 0x01C2),
    /** 64-bit RISC-V. */
    RISCV64("riscv64", 0x5064),
    /** 64-bit LoongArch. */
    LOONGARCH64("loongarch64", 0x6264);

    private final String title;
    private final int machine;

    Architecture(String title, int machine) {
        this.title = title;
        this.machine = machine;
    }

    /** The architecture with this IMAGE_FILE_MACHINE (UEFI specification, 2.1.1). */
    static Optional<Architecture> of(int machine) {
        for (Architecture architecture : values()) {
            if (architecture.machine == machine) {
                return Optional.of(architecture);
            }
        }
        return Optional.empty();
    }

    /** What people call it. */
    public String title() {
        return title;
    }
}
