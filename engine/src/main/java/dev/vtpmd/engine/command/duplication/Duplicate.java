package dev.vtpmd.engine.command.duplication;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.derivation.SymmetricKeys;
import dev.vtpmd.engine.object.DuplicationBlob;
import dev.vtpmd.engine.object.SecretExchange;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_Duplicate (Part 3, 13.1). */
public final class Duplicate implements Command {
    private static final int OBJECT = 1;
    private static final int NEW_PARENT = 2;

    @Override
    public void execute(CommandContext command) {
        Tpm2b encryptionKeyIn = command.parameter(Tpm2bType.DATA::read);
        TpmtSymDefObject symmetricAlg = command.parameter(TpmtSymDefObject::readOrNull);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        TpmObject object = command.object(OBJECT, TpmRc.TYPE);
        TpmObject newParent = check(command, object, symmetricAlg);
        boolean makesKey = encryptionKeyIn.isEmpty() && !symmetricAlg.isNull();
        if (!makesKey && encryptionKeyIn.size() != symmetricAlg.keyBytes()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        Tpm2b outSymSeed = Tpm2b.EMPTY;
        DuplicationBlob.Outer outer = null;
        if (newParent != null) {
            SecretExchange.Encrypted seed = tpm.secretExchange().encrypt(newParent, KdfLabel.DUPLICATE);
            outSymSeed = seed.encrypted();
            outer = new DuplicationBlob.Outer(newParent, seed.secret());
        }
        Tpm2b key = makesKey ? newKey(tpm, symmetricAlg) : encryptionKeyIn;
        Tpm2b duplicate = new DuplicationBlob(tpm).wrap(object, new DuplicationBlob.Inner(symmetricAlg, key), outer);

        TpmWriter out = command.response();
        (makesKey ? key : Tpm2b.EMPTY).write(out);
        duplicate.write(out);
        outSymSeed.write(out);
    }

    private static TpmObject check(CommandContext command, TpmObject object, TpmtSymDefObject symmetricAlg) {
        if (object.attributes().fixedParent()) {
            throw TpmException.handle(OBJECT, TpmRc.ATTRIBUTES);
        }
        if (object.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.handle(OBJECT, TpmRc.TYPE);
        }
        TpmObject newParent = NewParent.of(command, NEW_PARENT);
        if (object.attributes().encryptedDuplication()) {
            if (symmetricAlg.isNull()) {
                throw TpmException.parameter(2, TpmRc.SYMMETRIC);
            }
            if (newParent == null) {
                throw TpmException.handle(NEW_PARENT, TpmRc.HIERARCHY);
            }
        }
        return newParent;
    }

    private static Tpm2b newKey(TpmState tpm, TpmtSymDefObject cipher) {
        return Tpm2b.wrap(SymmetricKeys.generate(cipher.algorithm(), cipher.keyBits(), tpm.randomGenerator()));
    }
}
