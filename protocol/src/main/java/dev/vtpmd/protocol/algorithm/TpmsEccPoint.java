package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ECC_POINT: a point of an elliptic curve (Part 2, 11.2.5.2).
 *
 * @param x first coordinate, unsigned, big-endian
 * @param y second coordinate, unsigned, big-endian
 */
public record TpmsEccPoint(Tpm2b x, Tpm2b y) {
    /** The point without coordinates, as in templates. */
    public static final TpmsEccPoint EMPTY = new TpmsEccPoint(Tpm2b.EMPTY, Tpm2b.EMPTY);

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE if a coordinate is larger than those of the largest curve
     */
    public static TpmsEccPoint read(TpmReader in) {
        return new TpmsEccPoint(Tpm2bType.ECC_PARAMETER.read(in), Tpm2bType.ECC_PARAMETER.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        x.write(out);
        y.write(out);
    }
}
