package dev.vtpmd.engine.pcr;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.Arrays;
import java.util.List;

/**
 * The hash sequence that the platform, not a command, sends: _TPM_Hash_Start, _TPM_Hash_Data, _TPM_Hash_End (Part 1, 34; Part
 * 3, 22.9 to 22.11). Before TPM2_Startup it measures the H-CRTM into PCR 0, later a D-RTM into PCR 17.
 */
public final class MeasuredLaunch {
    private final TpmState tpm;
    private SequenceObject sequence;

    /** Measured launches of {@code tpm}. */
    public MeasuredLaunch(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Begins a sequence; one that was open is forgotten. */
    public void start() {
        sequence = SequenceObject.event(Tpm2b.EMPTY, tpm.pcrs().hashes());
    }

    /** Adds data; ignored if no sequence is open. */
    public void update(byte[] data, int offset, int length) {
        if (sequence != null) {
            sequence.update(Tpm2b.wrap(Arrays.copyOfRange(data, offset, offset + length)));
        }
    }

    /** Ends the sequence and changes the PCRs; ignored if no sequence is open. */
    public void end() {
        if (sequence == null) {
            return;
        }
        List<SequenceObject.EventDigest> digests = sequence.finishAll();
        if (tpm.startup().started()) {
            tpm.pcrs().resetForDrtm();
            tpm.clock().countDrtm();
            digests.forEach(event -> tpm.pcrs().extend(event.hash(), PcrAttributes.D_RTM_PCR, event.digest()));
        } else {
            tpm.pcrs()
                    .hcrtmMeasured(digests.stream()
                            .map(SequenceObject.EventDigest::digest)
                            .toList());
            tpm.startup().hcrtmMeasured();
        }
        sequence = null;
    }

    /** A command has come: a sequence that is open is forgotten. */
    public void abandon() {
        sequence = null;
    }
}
