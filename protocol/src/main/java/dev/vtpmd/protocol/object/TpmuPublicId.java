package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPMU_PUBLIC_ID: what makes an object unique: its public key, or a digest of its secrets (Part 2, 12.2.3.2). */
public sealed interface TpmuPublicId {
    /** Writes the identifier, without the type of the object. */
    void write(TpmWriter out);

    /**
     * Reads the identifier of an object of {@code type}.
     *
     * @throws TpmException TPM_RC_SELECTOR if there is no such type, TPM_RC_SIZE
     */
    static TpmuPublicId read(TpmReader in, TpmAlgId type) {
        return switch (type) {
            case KEYEDHASH -> new KeyedHash(Tpm2bType.DIGEST.read(in));
            case SYMCIPHER -> new Sym(Tpm2bType.DIGEST.read(in));
            case RSA -> new Rsa(Tpm2bType.PUBLIC_KEY_RSA.read(in));
            case ECC -> new Ecc(TpmsEccPoint.read(in));
            default -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }

    /**
     * Of a keyed hash object.
     *
     * @param keyedHash digest of its secrets
     */
    record KeyedHash(Tpm2b keyedHash) implements TpmuPublicId {
        @Override
        public void write(TpmWriter out) {
            keyedHash.write(out);
        }
    }

    /**
     * Of a symmetric cipher key.
     *
     * @param sym digest of its secrets
     */
    record Sym(Tpm2b sym) implements TpmuPublicId {
        @Override
        public void write(TpmWriter out) {
            sym.write(out);
        }
    }

    /**
     * Of an RSA key.
     *
     * @param rsa the modulus, unsigned, big-endian
     */
    record Rsa(Tpm2b rsa) implements TpmuPublicId {
        @Override
        public void write(TpmWriter out) {
            rsa.write(out);
        }
    }

    /**
     * Of an elliptic curve key.
     *
     * @param ecc the public point
     */
    record Ecc(TpmsEccPoint ecc) implements TpmuPublicId {
        @Override
        public void write(TpmWriter out) {
            ecc.write(out);
        }
    }

    /**
     * In the template of an object that is to be derived, what it is derived from.
     *
     * @param derive label and context
     */
    record Derive(TpmsDerive derive) implements TpmuPublicId {
        @Override
        public void write(TpmWriter out) {
            derive.write(out);
        }
    }
}
