package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vtpmd.store.export.ExportedTpm;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A TPM from an export file that whoever imports it has opened.
 *
 * @param name what to call the instance here; where it has been before, it keeps its name
 * @param uuid the TPM's
 * @param handover the how-manieth handover it is
 * @param id identifies the handover
 * @param settings what came with it
 * @param mssim MSSIM command port, null for none; the platform port is the next
 * @param tcp port of swtpm's data channel, null for none; that of the control channel is the next
 * @param permanentState base64 in JSON
 * @param volatileState base64 in JSON, null if the TPM was switched off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TransferDocument(
        String name,
        String uuid,
        long handover,
        String id,
        Map<String, String> settings,
        Integer mssim,
        Integer tcp,
        byte[] permanentState,
        byte[] volatileState)
        implements NamedDocument {

    /** The document of {@code tpm}, whose states it has in common. */
    public static TransferDocument of(ExportedTpm tpm, String name, Integer mssim, Integer tcp) {
        return new TransferDocument(
                name,
                tpm.instance().toString(),
                tpm.handover(),
                tpm.id().toString(),
                tpm.settings(),
                mssim,
                tcp,
                tpm.permanentState(),
                tpm.volatileState().orElse(null));
    }

    /** The TPM, whose states it has in common. */
    public ExportedTpm tpm() {
        return new ExportedTpm(
                UUID.fromString(uuid),
                name,
                handover,
                UUID.fromString(id),
                settings,
                permanentState,
                Optional.ofNullable(volatileState));
    }

    @Override
    public String toString() {
        return "TransferDocument[" + name + "]";
    }
}
