package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A firmware image that can be used.
 *
 * @param architecture of the machine that it is for; null if it is not known
 * @param signed whether its signature was checked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckedFirmwareDocument(String file, String sha256, String architecture, boolean signed) {}
