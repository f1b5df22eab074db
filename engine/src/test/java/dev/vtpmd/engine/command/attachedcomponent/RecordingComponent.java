package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.attachedcomponent.AttachedComponent;
import dev.vtpmd.protocol.attachedcomponent.TpmAt;
import dev.vtpmd.protocol.attachedcomponent.TpmsAcOutput;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.List;

/** A component for tests, which keeps what was sent to it last. */
final class RecordingComponent implements AttachedComponent {
    static final int HANDLE = 0x90000003;

    private TpmtPublic publicArea;
    private TpmtSensitive sensitive;
    private Tpm2b data;

    @Override
    public int handle() {
        return HANDLE;
    }

    @Override
    public List<TpmsAcOutput> capabilities() {
        return List.of(
                new TpmsAcOutput(TpmAt.VEND | 5, 0x99),
                new TpmsAcOutput(TpmAt.VEND | 4, 0x88),
                new TpmsAcOutput(TpmAt.PV1, 0x01234567));
    }

    @Override
    public TpmsAcOutput receive(TpmtPublic sentPublicArea, TpmtSensitive sentSensitive, Tpm2b sentData) {
        publicArea = sentPublicArea;
        sensitive = sentSensitive;
        data = sentData;
        return new TpmsAcOutput(TpmAt.ERROR, TpmAt.AE_NONE);
    }

    TpmtPublic publicArea() {
        return publicArea;
    }

    TpmtSensitive sensitive() {
        return sensitive;
    }

    Tpm2b data() {
        return data;
    }
}
