package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The certification authority of the service. What does not apply is left out, and null here.
 *
 * @param subject its name
 * @param issuer who has signed its certificate
 * @param selfSigned whether that is itself
 * @param serialNumber of its certificate, in hexadecimal
 * @param notBefore when the certificate begins to be valid
 * @param notAfter until when it is valid
 * @param location where others can fetch it
 * @param chain its certificate and those of who signed it, in PEM
 * @param former certificates with which it has signed before, in PEM
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthorityDocument(
        String subject,
        String issuer,
        boolean selfSigned,
        String serialNumber,
        String notBefore,
        String notAfter,
        String location,
        String chain,
        String former) {}
