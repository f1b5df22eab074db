package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The firmware that a virtual machine starts with.
 *
 * @param file of the image, absolute
 * @param sha256 the digest of the image when it was last found good; null where one asks for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FirmwareDocument(String file, String sha256) {}
