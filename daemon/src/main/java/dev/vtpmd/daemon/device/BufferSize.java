package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.Tpm;

/**
 * The size of the largest command and response, in bytes.
 *
 * @param current the size in force
 * @param minimum the smallest that can be chosen
 * @param maximum the largest that can be chosen
 */
public record BufferSize(int current, int minimum, int maximum) {
    /** What a TPM has before anybody chooses. */
    static BufferSize initial() {
        Platform platform = new Platform();
        return new BufferSize(platform.bufferSize(), platform.smallestBufferSize(), platform.largestBufferSize());
    }

    /** This, with {@code bytes} (unsigned) brought into the bounds. */
    BufferSize choose(int bytes) {
        int limited = Integer.compareUnsigned(bytes, maximum) > 0 ? maximum : Math.max(bytes, minimum);
        return new BufferSize(limited, minimum, maximum);
    }

    /** Puts the size in force in {@code tpm}, and gives what it made of it. */
    BufferSize applyTo(Tpm tpm) {
        return new BufferSize(tpm.bufferSize(current), tpm.minimumBufferSize(), tpm.maximumBufferSize());
    }
}
