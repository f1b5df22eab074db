package dev.vtpmd.store.file;

import dev.vtpmd.store.file.SimulatedDisk.Unsynced;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A file or directory of a {@link SimulatedDisk}. */
abstract sealed class SimulatedNode permits SimulatedFile, SimulatedDirectory {
    /** What is left of it after the power has gone. */
    abstract SimulatedNode afterPowerLoss(Unsynced unsynced, Random random);

    /** Writes it to a real file or into a real directory. */
    abstract void copyTo(Path target) throws IOException;
}
