package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * Asks for a new instance.
 *
 * @param name required
 * @param uuid null for a random one
 * @param mssim MSSIM command port, null for none; the platform port is the next
 * @param tcp port of swtpm's data channel, null for none; that of the control channel is the next
 * @param profile name of the TPM's algorithm profile, null for that of the template or the default
 * @param pcrBanks names of the PCR banks in use at first, null for those of the template or {@code sha256} alone
 * @param endorsementKeys such as {@code rsa2048}, or {@code none} alone; null for those of the template or {@code rsa2048} and
 *     {@code ecc-p384}
 * @param storageRootKey whether it has the storage root key at 0x81000001, null for as in the template or not
 * @param deviceIdentity whether it has IDevID and IAK, null for as in the template or not
 * @param template name or UUID of an instance whose settings are taken where they are not given here
 * @param migration {@code allow} or {@code deny}, null for as in the template or deny
 * @param snapshots {@code allow} or {@code deny}, null for as in the template or deny
 * @param firmware absolute path of the firmware that the machine starts with, null for any
 * @param user who may connect to the control socket, by name or number; null with {@code group} null for whom the service is told
 * @param group the group of those who may connect to the control socket, by name or number
 * @param incoming whether it awaits a TPM from a migration, with the UUID if one is given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateDocument(
        String name,
        String uuid,
        Integer mssim,
        Integer tcp,
        String profile,
        List<String> pcrBanks,
        List<String> endorsementKeys,
        Boolean storageRootKey,
        Boolean deviceIdentity,
        String template,
        String migration,
        String snapshots,
        String firmware,
        String user,
        String group,
        boolean incoming)
        implements NamedDocument {
    /** A new TPM that stays where it is. */
    public CreateDocument(String name, String uuid, Integer mssim, Integer tcp, String profile, List<String> pcrBanks) {
        this(name, uuid, mssim, tcp, profile, pcrBanks, null, null, null, null, null, null, null, null, null, false);
    }
}
