package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.protocol.constant.TpmAlgId;
import org.bouncycastle.crypto.params.DESParameters;

import java.util.Arrays;

/** Keys of block ciphers. */
public final class SymmetricKeys {
    private static final int DES_KEY_SIZE = DESParameters.DES_KEY_LENGTH;

    private SymmetricKeys() {}

    /** A key of {@code bits} bits for {@code algorithm}, which {@link #accepts} it; a TDES key has odd parity. */
    public static byte[] generate(TpmAlgId algorithm, int bits, KeyMaterialSource source) {
        byte[] key = source.generate(bits / Byte.SIZE);
        if (algorithm == TpmAlgId.TDES) {
            DESParameters.setOddParity(key);
            while (!accepts(algorithm, key)) {
                key = source.generate(bits / Byte.SIZE);
                DESParameters.setOddParity(key);
            }
        }
        return key;
    }

    /**
     * Whether {@code key} may be one of {@code algorithm}: no part of a TDES key is a weak, semi-weak or possibly weak key of DES,
     * or equals the next. Parity bits, which DES leaves aside, do not matter. The size is not looked at.
     */
    public static boolean accepts(TpmAlgId algorithm, byte[] key) {
        if (algorithm != TpmAlgId.TDES) {
            return true;
        }
        byte[] oddKey = key.clone();
        DESParameters.setOddParity(oddKey);
        boolean good = isGoodTdesKey(oddKey);
        Arrays.fill(oddKey, (byte) 0);
        return good;
    }

    private static boolean isGoodTdesKey(byte[] key) {
        for (int part = 0; part < key.length; part += DES_KEY_SIZE) {
            int next = part + DES_KEY_SIZE;
            boolean equalsNext = next < key.length && Arrays.equals(key, part, next, key, next, next + DES_KEY_SIZE);
            if (equalsNext || isWeakDesKey(key, part)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether this is one of the 64 weak, semi-weak and possibly weak keys of DES (SP 800-67, 3.3.2): the first four bytes are
     * 01, 1F, E0 or FE and sum up to zero, and each of the last four belongs to one of them.
     */
    private static boolean isWeakDesKey(byte[] key, int offset) {
        int sum = 0;
        for (int i = offset; i < offset + DES_KEY_SIZE / 2; i++) {
            int second = switch (key[i] & 0xFF) {
                case 0x01 -> 0x01;
                case 0x1F -> 0x0E;
                case 0xE0 -> 0xF1;
                case 0xFE -> 0xFE;
                default -> -1;
            };
            if ((key[i + DES_KEY_SIZE / 2] & 0xFF) != second) {
                return false;
            }
            sum ^= key[i];
        }
        return sum == 0;
    }
}
