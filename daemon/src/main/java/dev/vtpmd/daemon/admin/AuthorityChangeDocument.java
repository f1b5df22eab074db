package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Changes the certification authority of the service; null leaves as it is.
 *
 * @param chain the certificate that another authority has given, and those of who signed it, in PEM
 * @param location http URL where others can fetch its certificate, empty for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthorityChangeDocument(String chain, String location) {}
