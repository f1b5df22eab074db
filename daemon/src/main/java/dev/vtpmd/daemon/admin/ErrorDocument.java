package dev.vtpmd.daemon.admin;

/**
 * The body of every response that is not a success.
 *
 * @param error one line for the operator
 */
public record ErrorDocument(String error) {}
