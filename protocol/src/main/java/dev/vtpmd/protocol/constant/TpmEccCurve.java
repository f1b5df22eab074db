package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_ECC_CURVE: elliptic curves (Part 2, 6.4), 16 bits on the wire. */
public enum TpmEccCurve {
    NIST_P192(0x0001, 192),
    NIST_P224(0x0002, 224),
    NIST_P256(0x0003, 256),
    NIST_P384(0x0004, 384),
    NIST_P521(0x0005, 521),
    BN_P256(0x0010, 256),
    BN_P638(0x0011, 638),
    SM2_P256(0x0020, 256),
    BP_P256_R1(0x0030, 256),
    BP_P384_R1(0x0031, 384),
    BP_P512_R1(0x0032, 512),
    CURVE_25519(0x0040, 255),
    CURVE_448(0x0041, 448);

    private static final TpmEccCurve[] ALL = values();

    private final int value;
    private final int keyBits;

    TpmEccCurve(int value, int keyBits) {
        this.value = value;
        this.keyBits = keyBits;
    }

    /** The identifier, 16 bits. */
    public int value() {
        return value;
    }

    /** Size of the field in bits. */
    public int keyBits() {
        return keyBits;
    }

    /** Size of a coordinate, and of a private key in a TPM2B_ECC_PARAMETER, in bytes. */
    public int coordinateSize() {
        return (keyBits + 7) / 8;
    }

    /**
     * Reads a TPMI_ECC_CURVE.
     *
     * @throws TpmException TPM_RC_CURVE if the TPM does not offer it
     */
    public static TpmEccCurve read(TpmReader in) {
        TpmEccCurve curve = of(in.u16());
        if (curve == null || !in.profile().offers(curve)) {
            throw TpmException.of(TpmRc.CURVE);
        }
        return curve;
    }

    /** Writes the identifier. */
    public void write(TpmWriter out) {
        out.u16(value);
    }

    /** The curve with this identifier, or null if there is none. */
    public static TpmEccCurve of(int value) {
        for (TpmEccCurve curve : ALL) {
            if (curve.value == value) {
                return curve;
            }
        }
        return null;
    }
}
