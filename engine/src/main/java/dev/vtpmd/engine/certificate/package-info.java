/** The parts of X.509 certificates that TPM2_CertifyX509 reads and makes (Part 3, 18.8; RFC 5280). */
package dev.vtpmd.engine.certificate;
