package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * What TPM2_EncryptDecrypt and TPM2_EncryptDecrypt2 do, which differ in the order of their parameters alone (Part 3, 15.2).
 *
 * @param decrypt whether to decrypt
 * @param mode the mode that the caller asks for, or NULL
 * @param iv a block; empty for ECB
 * @param data whole blocks for CBC and ECB
 * @param order where the parameters stood
 */
record CipherOperation(boolean decrypt, TpmAlgId mode, Tpm2b iv, Tpm2b data, Order order) {
    /** Numbers of the parameters of a command, for its response codes. */
    record Order(int mode, int iv, int data) {}

    /** Checks key and parameters, and writes outData and ivOut. */
    void execute(CommandContext command) {
        TpmObject key = command.object(1, TpmRc.KEY);
        if (!(key.publicArea().parameters() instanceof TpmsSymcipherParms parameters)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        boolean allowed =
                decrypt ? key.attributes().decrypt() : key.attributes().sign();
        if (key.attributes().restricted() || !allowed) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmtSymDefObject cipher = parameters.sym();
        TpmAlgId selected = selectMode(cipher.mode());
        checkSizes(selected, SymmetricCipher.blockSize(cipher.algorithm()));
        SymmetricCipher.Output output = process(command.tpm(), cipher.algorithm(), selected, key);
        command.response().sizedBytes(output.data());
        command.response().sizedBytes(output.iv());
    }

    private TpmAlgId selectMode(TpmAlgId keyMode) {
        if (keyMode == TpmAlgId.CMAC) {
            throw TpmException.handle(1, TpmRc.MODE);
        }
        TpmAlgId selected = mode == TpmAlgId.NULL ? keyMode : mode;
        if (selected == TpmAlgId.NULL || keyMode != TpmAlgId.NULL && keyMode != selected) {
            throw TpmException.parameter(order.mode, TpmRc.MODE);
        }
        return selected;
    }

    private void checkSizes(TpmAlgId selected, int blockSize) {
        if (iv.size() != (selected == TpmAlgId.ECB ? 0 : blockSize)) {
            throw TpmException.parameter(order.iv, TpmRc.SIZE);
        }
        boolean wholeBlocks = selected == TpmAlgId.CBC || selected == TpmAlgId.ECB;
        if (wholeBlocks && data.size() % blockSize != 0) {
            throw TpmException.parameter(order.data, TpmRc.SIZE);
        }
    }

    private SymmetricCipher.Output process(TpmState tpm, TpmAlgId algorithm, TpmAlgId selected, TpmObject key) {
        SymmetricCipher ciphers = tpm.symmetricCipher();
        byte[] secret = key.sensitive().sensitive().bytes();
        return decrypt
                ? ciphers.decrypt(algorithm, selected, secret, iv.bytes(), data.bytes())
                : ciphers.encrypt(algorithm, selected, secret, iv.bytes(), data.bytes());
    }
}
