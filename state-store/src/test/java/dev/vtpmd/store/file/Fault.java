package dev.vtpmd.store.file;

/** What happens to one operation of a {@link SimulatedDisk}. */
public enum Fault {
    /** The power goes before the operation has any effect. */
    POWER_LOSS,
    /** The power goes when a part of a write has been done; as {@link #POWER_LOSS} for other operations. */
    POWER_LOSS_IN_THE_MIDDLE,
    /** A write takes only some of its bytes, and says so; other operations are not affected. */
    SHORT_WRITE,
    /** The operation fails with ENOSPC if it could take space, after a part of its bytes if it is a write. */
    NO_SPACE,
    /** The operation fails with EIO; a sync may have brought anything to disk, and forgets what it has not. */
    DEVICE_ERROR
}
