/**
 * How keys come from bytes: from the primary seed of a hierarchy and a template, from the secret of a derivation parent, or
 * from true randomness (Part 1, 14.3 and 28). The specification leaves primary derivation to the vendor; this is libtpms' way,
 * bit for bit, so that a TPM whose seeds came from swtpm has the same primary keys here.
 */
package dev.vtpmd.engine.crypto.derivation;
