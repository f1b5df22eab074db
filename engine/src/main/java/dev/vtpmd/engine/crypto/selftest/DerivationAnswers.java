package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.XorObfuscation;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Arrays;

import static dev.vtpmd.engine.crypto.selftest.KnownAnswers.hex;

/**
 * Answers of key derivation functions with SHA-256, computed by a program of a few lines apart from this project, after the
 * formulas of Part 1, 11.4.10, with the key 00 01 ... 0F and the contexts "abc" and "def".
 */
final class DerivationAnswers {
    private static final byte[] KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] CONTEXT_U = {'a', 'b', 'c'};
    private static final byte[] CONTEXT_V = {'d', 'e', 'f'};

    private static final String KDFA =
            "4aa181884cc9c04535adfd4a7db37423af6e28651b51f6c9cdb7d55c1274f138" + "01b153c061672867ff7c03c55d0dbcb3";
    private static final String KDFE = "02cdfa1dbcea60382330ff998f09be619bbbf16a44898e0b73c515e17e264547";
    private static final String KDF2 =
            "b08645421176609dbfe79f23110202082215bd7dedb15bd07f3b8395d99144a8" + "af919355b302db56";
    private static final String MGF1 =
            "855d3b82555ea5b90c7f50936e97413aaf21d250473a02e769bca0ef283669a2" + "b08645421176609d";
    /** "abc" obfuscated. */
    private static final String XOR = "571983";

    private final KeyDerivation derivation = new KeyDerivation();

    boolean kdfa() {
        byte[] derived =
                derivation.kdfa(TpmiAlgHash.SHA256, KEY, KdfLabel.STORAGE, CONTEXT_U, CONTEXT_V, KDFA.length() * 4);
        return Arrays.equals(derived, hex(KDFA));
    }

    boolean kdfe() {
        byte[] derived =
                derivation.kdfe(TpmiAlgHash.SHA256, KEY, KdfLabel.SECRET, CONTEXT_U, CONTEXT_V, KDFE.length() * 4);
        return Arrays.equals(derived, hex(KDFE));
    }

    boolean kdf2() {
        return Arrays.equals(derivation.kdf2(TpmiAlgHash.SHA256, KEY, KDF2.length() / 2), hex(KDF2));
    }

    boolean mgf1() {
        return Arrays.equals(derivation.mgf1(TpmiAlgHash.SHA256, KEY, MGF1.length() / 2), hex(MGF1));
    }

    boolean xor() {
        byte[] data = {'a', 'b', 'c'};
        new XorObfuscation(derivation).apply(TpmiAlgHash.SHA256, KEY, CONTEXT_U, CONTEXT_V, data, 0, data.length);
        return Arrays.equals(data, hex(XOR));
    }
}
