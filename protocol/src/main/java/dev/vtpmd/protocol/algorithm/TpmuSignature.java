package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPMU_SIGNATURE: a signature in the format of its scheme (Part 2, 11.3.3). */
public sealed interface TpmuSignature
        permits TpmsSignatureRsa, TpmsSignatureEcc, TpmuSignature.Hmac, TpmuSignature.Null {
    /** Writes the signature, without its scheme. */
    void write(TpmWriter out);

    /**
     * Reads the signature of {@code sigAlg}.
     *
     * @throws TpmException TPM_RC_SELECTOR if there is no such signature, and what its structure throws
     */
    static TpmuSignature read(TpmReader in, TpmAlgId sigAlg) {
        return switch (sigAlg) {
            case NULL -> Null.INSTANCE;
            case HMAC -> new Hmac(TpmtHa.read(in));
            case RSASSA, RSAPSS -> TpmsSignatureRsa.read(in);
            case ECDSA, ECDAA, SM2, ECSCHNORR -> TpmsSignatureEcc.read(in);
            default -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }

    /**
     * An HMAC.
     *
     * @param hmac the HMAC, with its hash algorithm
     */
    record Hmac(TpmtHa hmac) implements TpmuSignature {
        @Override
        public void write(TpmWriter out) {
            hmac.write(out);
        }
    }

    /** No signature. */
    enum Null implements TpmuSignature {
        INSTANCE;

        @Override
        public void write(TpmWriter out) {
            // A signature of TPM_ALG_NULL has no bytes.
        }
    }
}
