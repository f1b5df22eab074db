/**
 * swtpm's wire formats: the control channel's requests, replies and result codes, the framing of TPM commands on the data
 * channel, and the state blobs' types. All integers are big-endian.
 */
package dev.vtpmd.protocol.swtpm;
