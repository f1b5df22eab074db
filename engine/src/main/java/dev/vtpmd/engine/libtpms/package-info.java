/**
 * The states that libtpms writes, which swtpm keeps in its files: read whole, checked, and turned into states of this TPM.
 * {@link dev.vtpmd.engine.libtpms.LibtpmsState} is the way in. Structures are named as libtpms names them.
 */
package dev.vtpmd.engine.libtpms;
