package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Asks for a new instance.
 *
 * @param name required
 * @param uuid null for a random one
 * @param mssim MSSIM command port, null for none; the platform port is the next
 * @param tcp port of swtpm's data channel, null for none; that of the control channel is the next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateDocument(String name, String uuid, Integer mssim, Integer tcp) {}
