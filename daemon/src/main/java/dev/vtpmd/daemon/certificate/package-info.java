/** X.509: the certification authority of this service, and the certificates that it gives to the keys of TPMs. */
package dev.vtpmd.daemon.certificate;
