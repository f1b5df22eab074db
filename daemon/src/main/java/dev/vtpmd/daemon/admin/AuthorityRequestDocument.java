package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A request for a certificate for the certification authority of the service, by another authority.
 *
 * @param subject the name to ask for; null for the one that it has
 * @param request PKCS #10 in PEM; null in the question
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthorityRequestDocument(String subject, String request) {}
