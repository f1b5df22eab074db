package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.algorithm.TpmtSymDef;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.Arrays;

/** Encryption of the first parameter of a command or response (Part 1, 21). */
final class ParameterEncryption {
    private final TpmState tpm;

    ParameterEncryption(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Decrypts the bytes of a command's first parameter, in place. */
    void decrypt(SessionUse use, byte[] key, byte[] data, int offset, int length) {
        apply(use.session(), key, use.nonceCaller(), use.session().nonceTpm(), data, offset, length, true);
    }

    /** Encrypts the bytes of a response's first parameter, in place. The session has its new nonce already. */
    void encrypt(SessionUse use, byte[] key, byte[] data, int offset, int length) {
        apply(use.session(), key, use.session().nonceTpm(), use.nonceCaller(), data, offset, length, false);
    }

    private void apply(
            Session session,
            byte[] key,
            Tpm2b newer,
            Tpm2b older,
            byte[] data,
            int offset,
            int length,
            boolean decrypt) {
        TpmtSymDef symmetric = session.symmetric();
        if (length == 0) {
            return;
        }
        if (symmetric.algorithm() == TpmAlgId.XOR) {
            tpm.xorObfuscation().apply(session.hash(), key, newer.bytes(), older.bytes(), data, offset, length);
            return;
        }
        int keySize = symmetric.keyBits() / Byte.SIZE;
        int blockSize = SymmetricCipher.blockSize(symmetric.algorithm());
        int bits = (keySize + blockSize) * Byte.SIZE;
        byte[] keyAndIv =
                tpm.keyDerivation().kdfa(session.hash(), key, KdfLabel.CFB, newer.bytes(), older.bytes(), bits);
        byte[] cipherKey = Arrays.copyOf(keyAndIv, keySize);
        byte[] iv = Arrays.copyOfRange(keyAndIv, keySize, keySize + blockSize);
        if (decrypt) {
            tpm.symmetricCipher().decryptCfb(symmetric.algorithm(), cipherKey, iv, data, offset, length);
        } else {
            tpm.symmetricCipher().encryptCfb(symmetric.algorithm(), cipherKey, iv, data, offset, length);
        }
        Arrays.fill(keyAndIv, (byte) 0);
        Arrays.fill(cipherKey, (byte) 0);
    }
}
