package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * Reads what libtpms's states are built of, big-endian. A structure begins with a header: UINT16 version, UINT32 magic, UINT16
 * lowest version that a reader must know. It ends with a block: a byte that says whether it is there, UINT16 size, content. What
 * later versions add stands inside that block, so a reader takes what it knows of a block and goes to its end.
 */
final class LibtpmsReader {
    private static final int LARGEST = 0xFFFF;

    private final TpmReader in;

    LibtpmsReader(byte[] blob, AlgorithmProfile profile) {
        this.in = new TpmReader(blob, profile);
    }

    /** The reader underneath, for structures of the TPM specification. */
    TpmReader structures() {
        return in;
    }

    int u8() {
        return in.u8();
    }

    int u16() {
        return in.u16();
    }

    int u32() {
        return in.u32();
    }

    long u64() {
        return in.u64();
    }

    int remaining() {
        return in.remaining();
    }

    boolean flag() {
        int value = in.u8();
        if (value > 1) {
            throw new MalformedStateException("it is damaged: a truth value is neither 0 nor 1");
        }
        return value == 1;
    }

    /** A TPM2B of any size, or an array of bytes with its size in front. */
    Tpm2b sized() {
        return Tpm2b.read(in, LARGEST);
    }

    /** A TPM2B that must have {@code size} bytes. */
    Tpm2b sized(String what, int size) {
        Tpm2b value = sized();
        if (value.size() != size) {
            throw new MalformedStateException(
                    "it is damaged: the " + what + " has " + value.size() + " bytes, not " + size);
        }
        return value;
    }

    void skip(int count) {
        if (count < 0) {
            throw new MalformedStateException("it is damaged: a size is too large");
        }
        in.skip(count);
    }

    /**
     * Reads a header.
     *
     * @param what the structure, as libtpms calls it
     * @param oldest the oldest version that is read
     * @param newest the newest version that is known
     * @return the version
     */
    int header(String what, int magic, int oldest, int newest) {
        int version = in.u16();
        if (in.u32() != magic) {
            throw new MalformedStateException(
                    "it is damaged, or no state of libtpms: " + what + " does not begin as it should");
        }
        if (version < oldest) {
            throw new MalformedStateException(what + " has version " + version
                    + ", which libtpms wrote before 0.7; this release reads versions from " + oldest + " on");
        }
        int needed = in.u16();
        if (needed > newest) {
            throw new MalformedStateException(what + " has version " + version + " and asks for a reader of version "
                    + needed + "; this release reads versions up to " + newest);
        }
        return version;
    }

    /**
     * Reads a block that may be absent.
     *
     * @param content reads what is known of it
     * @return whether it was there
     */
    boolean block(Runnable content) {
        boolean present = flag();
        int size = in.u16();
        if (size > in.remaining() || !present && size != 0) {
            throw new MalformedStateException("it is damaged: a block is longer than what there is");
        }
        int end = in.position() + size;
        int limit = in.limit();
        if (present) {
            in.limit(end);
            content.run();
            in.limit(limit);
        }
        in.position(end);
        return present;
    }

    /** Reads a block that must be there. */
    void requiredBlock(String what, Runnable content) {
        if (!block(content)) {
            throw new MalformedStateException("it was written by a libtpms without " + what);
        }
    }

    /** Passes over a block of which nothing is known or wanted: the end of a structure. */
    void end() {
        block(() -> {});
    }
}
