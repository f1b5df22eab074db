package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.Arrays;

/**
 * Asks for a new instance of a TPM that libtpms has had.
 *
 * @param name required
 * @param uuid null for a random one
 * @param mssim MSSIM command port, null for none; the platform port is the next
 * @param tcp port of swtpm's data channel, null for none; that of the control channel is the next
 * @param profile what the TPM offers from now on, null for the default
 * @param permanentState libtpms's permanent state, without swtpm's wrapping; base64 in JSON
 * @param volatileState its volatile state, null if the TPM was switched off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ImportDocument(
        String name,
        String uuid,
        Integer mssim,
        Integer tcp,
        String profile,
        byte[] permanentState,
        byte[] volatileState)
        implements NamedDocument {

    /** Overwrites the states. */
    public void wipe() {
        Arrays.fill(permanentState, (byte) 0);
        if (volatileState != null) {
            Arrays.fill(volatileState, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "ImportDocument[" + name + "]";
    }
}
