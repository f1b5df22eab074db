package dev.vtpmd.protocol.mssim;

/** The two ports of the reference simulator. Clients expect the platform port right behind the command port. */
public enum MssimPort {
    /** TPM commands, and the H-CRTM interface. */
    COMMAND,
    /** What the platform does to its TPM: power, physical presence, NV memory, cancelling. */
    PLATFORM
}
