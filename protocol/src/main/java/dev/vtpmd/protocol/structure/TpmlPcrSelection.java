package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_PCR_SELECTION: PCRs of several banks (Part 2, 10.9.7).
 *
 * @param pcrSelections the elements, in order
 */
public record TpmlPcrSelection(List<TpmsPcrSelection> pcrSelections) implements TpmuCapabilities {
    /** No PCR. */
    public static final TpmlPcrSelection EMPTY = new TpmlPcrSelection(List.of());

    /** Copies the list. */
    public TpmlPcrSelection {
        pcrSelections = List.copyOf(pcrSelections);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if there are more than the TPM has hash algorithms, TPM_RC_HASH, TPM_RC_VALUE
     */
    public static TpmlPcrSelection read(TpmReader in) {
        return new TpmlPcrSelection(in.list(in.profile().hashes().size(), TpmsPcrSelection::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(pcrSelections, TpmsPcrSelection::write);
    }

    /** A list of {@code selections}. */
    public static TpmlPcrSelection of(TpmsPcrSelection... selections) {
        return new TpmlPcrSelection(List.of(selections));
    }

    /** Whether PCR {@code pcr}, 0 to 23, of the bank {@code hash} is selected. */
    public boolean isSelected(TpmiAlgHash hash, int pcr) {
        for (int i = 0; i < pcrSelections.size(); i++) {
            TpmsPcrSelection selection = pcrSelections.get(i);
            if (selection.hash() == hash && selection.isSelected(pcr)) {
                return true;
            }
        }
        return false;
    }
}
