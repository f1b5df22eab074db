package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/**
 * The protection of secrets outside the TPM: encryption in CFB mode with a key from the seed and the object's Name, then an
 * HMAC over the result and the Name (Part 1, 22 to 24). Algorithms are those of the protector: the parent of an object, or the
 * key that a credential or duplicate is for.
 *
 * <p>The result is {@code TPM2B_DIGEST integrity || [TPM2B_IV iv ||] encrypted}. There is an IV where the seed protects more than
 * one object, as a parent's seedValue does; a seed that is used once needs none.
 */
final class OuterWrap {
    private final TpmState tpm;

    OuterWrap(TpmState tpm) {
        this.tpm = tpm;
    }

    /** {@code data}, which is overwritten, protected for the object with {@code name}. */
    Tpm2b protect(TpmObject protector, Tpm2b seed, Tpm2b name, boolean withIv, byte[] data) {
        TpmtSymDefObject cipher = cipher(protector);
        byte[] iv = new byte[SymmetricCipher.blockSize(cipher.algorithm())];
        TpmWriter body = new TpmWriter(data.length + 2 + iv.length);
        if (withIv) {
            tpm.randomGenerator().fill(iv, 0, iv.length);
            body.sizedBytes(iv);
        }
        byte[] key = key(protector, cipher, seed, name);
        tpm.symmetricCipher().encryptCfb(cipher.algorithm(), key, iv, data, 0, data.length);
        Arrays.fill(key, (byte) 0);
        body.bytes(data);
        byte[] protectedBytes = body.toByteArray();
        TpmWriter out = new TpmWriter(2 + protector.nameAlg().digestSize() + protectedBytes.length);
        out.sizedBytes(integrity(protector, seed, name, protectedBytes));
        out.bytes(protectedBytes);
        return Tpm2b.wrap(out.toByteArray());
    }

    /**
     * What {@link #protect} protected.
     *
     * @throws TpmException without location: TPM_RC_SIZE or TPM_RC_INSUFFICIENT if {@code blob} is malformed, TPM_RC_INTEGRITY if
     *     it was changed or is for another protector, seed or Name, TPM_RC_VALUE if the IV has not the size of a block
     */
    byte[] unprotect(TpmObject protector, Tpm2b seed, Tpm2b name, boolean withIv, Tpm2b blob) {
        TpmReader in = new TpmReader(blob.bytes(), tpm.profile());
        Tpm2b integrity = Tpm2bType.DIGEST.read(in);
        byte[] protectedBytes = in.bytes(in.remaining());
        if (!integrity.equals(Tpm2b.wrap(integrity(protector, seed, name, protectedBytes)))) {
            throw TpmException.of(TpmRc.INTEGRITY);
        }
        TpmtSymDefObject cipher = cipher(protector);
        int blockSize = SymmetricCipher.blockSize(cipher.algorithm());
        TpmReader body = new TpmReader(protectedBytes, tpm.profile());
        byte[] iv = withIv ? Tpm2bType.IV.read(body).bytes() : new byte[blockSize];
        if (iv.length != blockSize) {
            throw TpmException.of(TpmRc.VALUE);
        }
        byte[] data = body.bytes(body.remaining());
        byte[] key = key(protector, cipher, seed, name);
        tpm.symmetricCipher().decryptCfb(cipher.algorithm(), key, iv, data, 0, data.length);
        Arrays.fill(key, (byte) 0);
        return data;
    }

    private static TpmtSymDefObject cipher(TpmObject protector) {
        return SchemeChecks.childProtection(protector.publicArea().parameters());
    }

    private byte[] key(TpmObject protector, TpmtSymDefObject cipher, Tpm2b seed, Tpm2b name) {
        return tpm.keyDerivation()
                .kdfa(
                        protector.nameAlg(),
                        seed.bytes(),
                        KdfLabel.STORAGE,
                        name.bytes(),
                        Tpm2b.EMPTY.bytes(),
                        cipher.keyBits());
    }

    private byte[] integrity(TpmObject protector, Tpm2b seed, Tpm2b name, byte[] protectedBytes) {
        TpmiAlgHash hash = protector.nameAlg();
        byte[] key = tpm.keyDerivation().kdfa(hash, seed.bytes(), KdfLabel.INTEGRITY, hash.digestSize() * Byte.SIZE);
        byte[] integrity = tpm.hmacs().hmac(hash, key, protectedBytes, name.bytes());
        Arrays.fill(key, (byte) 0);
        return integrity;
    }
}
