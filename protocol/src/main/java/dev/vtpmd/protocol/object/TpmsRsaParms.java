package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_RSA_PARMS: parameters of an RSA key (Part 2, 12.2.3.5).
 *
 * @param symmetric of a restricted decryption key, the cipher that protects its children; else NULL
 * @param scheme the one scheme of the key, or NULL
 * @param keyBits size of the modulus in bits
 * @param exponent the public exponent, 32 bits; 0 for 2^16 + 1
 */
public record TpmsRsaParms(TpmtSymDefObject symmetric, TpmtAsymScheme scheme, int keyBits, int exponent)
        implements TpmuPublicParms {
    /** The public exponent that 0 stands for. */
    public static final int DEFAULT_EXPONENT = 0x10001;

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SYMMETRIC, TPM_RC_VALUE, TPM_RC_MODE, TPM_RC_HASH
     */
    public static TpmsRsaParms read(TpmReader in) {
        return new TpmsRsaParms(
                TpmtSymDefObject.readOrNull(in),
                TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_RSA_SCHEME),
                readKeyBits(in),
                in.u32());
    }

    /** Reads a TPMI_RSA_KEY_BITS, or throws TPM_RC_VALUE. */
    private static int readKeyBits(TpmReader in) {
        int keyBits = in.u16();
        if (!in.profile().offersKeyBits(TpmAlgId.RSA, keyBits)) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return keyBits;
    }

    @Override
    public void write(TpmWriter out) {
        symmetric.write(out);
        scheme.write(out);
        out.u16(keyBits);
        out.u32(exponent);
    }

    /** The public exponent itself, unsigned. */
    public long publicExponent() {
        return exponent == 0 ? DEFAULT_EXPONENT : Integer.toUnsignedLong(exponent);
    }
}
