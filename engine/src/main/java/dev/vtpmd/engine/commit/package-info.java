/** Ephemeral private keys that the TPM does not keep but makes again (Part 1, annex C.2). */
package dev.vtpmd.engine.commit;
