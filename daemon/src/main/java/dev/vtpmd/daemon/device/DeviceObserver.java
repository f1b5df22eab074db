package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * Is told what a device does: for counters, histograms and recordings. Each device has its own, and is told one thing after the
 * other, mostly on the thread that does them: a method takes well under a microsecond, allocates nothing for a command, takes no
 * lock, and writes nothing that other cores write too. Whoever reads what it has noted does so from any thread.
 */
public interface DeviceObserver {
    /** Watches nothing. */
    DeviceObserver NONE = new DeviceObserver() {};

    /**
     * A command has been executed. Commands of the device itself, such as the automatic TPM2_Shutdown, are among them.
     *
     * @param locality of the command
     * @param command valid until this returns, as {@code response} is; the command code is at offset 6, if it is that long
     * @param length of the command, in bytes
     * @param response at least 10 bytes; the response code is at offset 6, both big-endian
     * @param nanoseconds from its start to its end, a commit included
     */
    default void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {}

    /**
     * The permanent state has been stored, or could not be.
     *
     * @param bytes its size
     * @param nanoseconds that took
     */
    default void committed(int bytes, long nanoseconds, boolean stored) {}

    /** The TPM has power now. */
    default void switchedOn() {}

    /** The TPM has no power any more. */
    default void switchedOff() {}

    /** Something went wrong that the operator should know. {@code line} has no secret in it. */
    default void problem(String line) {}
}
