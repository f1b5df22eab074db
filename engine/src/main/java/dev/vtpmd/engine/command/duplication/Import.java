package dev.vtpmd.engine.command.duplication;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.object.StorageParent;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.object.DuplicationBlob;
import dev.vtpmd.engine.object.ObjectLoading;
import dev.vtpmd.engine.object.PrivateBlob;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Import (Part 3, 13.3). */
public final class Import implements Command {
    private static final int ENCRYPTION_KEY = 1;
    private static final int OBJECT_PUBLIC = 2;
    private static final int DUPLICATE = 3;
    private static final int IN_SYM_SEED = 4;

    @Override
    public void execute(CommandContext command) {
        Tpm2b encryptionKey = command.parameter(Tpm2bType.DATA::read);
        TpmtPublic objectPublic = command.parameter(in -> in.sized(TpmtPublic::read));
        Tpm2b duplicate = command.parameter(Tpm2bType.PRIVATE::read);
        Tpm2b inSymSeed = command.parameter(Tpm2bType.ENCRYPTED_SECRET::read);
        TpmtSymDefObject symmetricAlg = command.parameter(TpmtSymDefObject::readOrNull);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        TpmaObject attributes = objectPublic.objectAttributes();
        if (attributes.fixedTpm() || attributes.fixedParent()) {
            throw TpmException.parameter(OBJECT_PUBLIC, TpmRc.ATTRIBUTES);
        }
        TpmObject parent = StorageParent.of(command, 1);
        if (encryptionKey.size() != symmetricAlg.keyBytes()) {
            throw TpmException.parameter(ENCRYPTION_KEY, TpmRc.SIZE);
        }
        if (symmetricAlg.isNull() && attributes.encryptedDuplication()) {
            throw TpmException.parameter(ENCRYPTION_KEY, TpmRc.ATTRIBUTES);
        }
        DuplicationBlob.Outer outer = outer(tpm, parent, inSymSeed);
        if (outer == null && attributes.encryptedDuplication()) {
            throw TpmException.parameter(IN_SYM_SEED, TpmRc.ATTRIBUTES);
        }
        DuplicationBlob.Inner inner = new DuplicationBlob.Inner(symmetricAlg, encryptionKey);
        TpmObject object = unwrap(tpm, parent, objectPublic, inner, outer, duplicate);
        // Under such a parent the areas are not checked again when it is loaded.
        if (parent.attributes().fixedTpm()) {
            new ObjectLoading(tpm).checkImported(object, OBJECT_PUBLIC, DUPLICATE);
        }
        new PrivateBlob(tpm)
                .wrap(parent, object.name(), object.nameAlg(), object.sensitive())
                .write(command.response());
        object.wipe();
    }

    /** The outer wrapper, or null if there is none. */
    private static DuplicationBlob.Outer outer(TpmState tpm, TpmObject parent, Tpm2b inSymSeed) {
        if (inSymSeed.isEmpty()) {
            return null;
        }
        if (parent.type() == TpmAlgId.SYMCIPHER) {
            throw TpmException.handle(1, TpmRc.TYPE);
        }
        try {
            Tpm2b seed = tpm.secretExchange().decrypt(parent, KdfLabel.DUPLICATE, inSymSeed);
            return new DuplicationBlob.Outer(parent, seed);
        } catch (TpmException e) {
            throw e.atParameter(IN_SYM_SEED);
        }
    }

    private static TpmObject unwrap(
            TpmState tpm,
            TpmObject parent,
            TpmtPublic objectPublic,
            DuplicationBlob.Inner inner,
            DuplicationBlob.Outer outer,
            Tpm2b duplicate) {
        Tpm2b name = tpm.names().of(objectPublic);
        try {
            TpmtSensitive sensitive =
                    new DuplicationBlob(tpm).unwrap(name, objectPublic.nameAlg(), inner, outer, duplicate);
            return new ObjectLoading(tpm).child(parent, objectPublic, sensitive);
        } catch (TpmException e) {
            throw e.atParameter(DUPLICATE);
        }
    }
}
