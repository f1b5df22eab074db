package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_ECC_CURVE: elliptic curves (Part 2, 10.9.11).
 *
 * @param eccCurves the elements, in order
 */
public record TpmlEccCurve(List<TpmEccCurve> eccCurves) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 508;

    /** Copies the list. */
    public TpmlEccCurve {
        eccCurves = List.copyOf(eccCurves);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlEccCurve read(TpmReader in) {
        return new TpmlEccCurve(in.list(MAX, TpmEccCurve::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(eccCurves, TpmEccCurve::write);
    }
}
