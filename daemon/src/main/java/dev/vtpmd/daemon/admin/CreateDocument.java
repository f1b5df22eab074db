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
 * @param profile name of the TPM's algorithm profile, null for the default
 * @param pcrBanks names of the PCR banks in use at first, null for those of the profile
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateDocument(
        String name, String uuid, Integer mssim, Integer tcp, String profile, List<String> pcrBanks) {}
