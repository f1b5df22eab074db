/**
 * What a new TPM is given before its virtual machine first sees it: endorsement keys by the TCG EK Credential Profile, keys for
 * device identity and attestation, a storage root key, and certificates for them.
 */
package dev.vtpmd.daemon.provision;
