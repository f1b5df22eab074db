package dev.vtpmd.engine.command.duplication;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.object.DuplicationBlob;
import dev.vtpmd.engine.object.SecretExchange;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Rewrap (Part 3, 13.2): exchanges the outer wrapper of a duplicate; an inner one stays as it is. */
public final class Rewrap implements Command {
    private static final int OLD_PARENT = 1;
    private static final int NEW_PARENT = 2;
    private static final int IN_DUPLICATE = 1;
    private static final int IN_SYM_SEED = 3;

    @Override
    public void execute(CommandContext command) {
        Tpm2b inDuplicate = command.parameter(Tpm2bType.PRIVATE::read);
        Tpm2b name = command.parameter(Tpm2bType.NAME::read);
        Tpm2b inSymSeed = command.parameter(Tpm2bType.ENCRYPTED_SECRET::read);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        if (inSymSeed.isEmpty() != (command.handle(OLD_PARENT) == TpmRh.NULL)) {
            throw TpmException.handle(OLD_PARENT, TpmRc.HANDLE);
        }
        TpmObject oldParent = NewParent.of(command, OLD_PARENT);
        byte[] content =
                oldParent == null ? inDuplicate.toByteArray() : unwrap(tpm, oldParent, name, inSymSeed, inDuplicate);
        TpmObject newParent = NewParent.of(command, NEW_PARENT);
        if (newParent == null) {
            Tpm2b.wrap(content).write(command.response());
            Tpm2b.EMPTY.write(command.response());
            return;
        }
        SecretExchange.Encrypted seed = tpm.secretExchange().encrypt(newParent, KdfLabel.DUPLICATE);
        DuplicationBlob.Outer outer = new DuplicationBlob.Outer(newParent, seed.secret());
        Tpm2b outDuplicate = new DuplicationBlob(tpm).rewrap(name, outer, content);
        seed.secret().wipe();
        if (outDuplicate.size() > Tpm2bType.PRIVATE.maximum(tpm.profile())) {
            throw TpmException.parameter(IN_DUPLICATE, TpmRc.VALUE);
        }
        outDuplicate.write(command.response());
        seed.encrypted().write(command.response());
    }

    private static byte[] unwrap(TpmState tpm, TpmObject oldParent, Tpm2b name, Tpm2b inSymSeed, Tpm2b inDuplicate) {
        Tpm2b seed;
        try {
            seed = tpm.secretExchange().decrypt(oldParent, KdfLabel.DUPLICATE, inSymSeed);
        } catch (TpmException e) {
            throw TpmException.parameter(IN_SYM_SEED, TpmRc.VALUE);
        }
        try {
            return new DuplicationBlob(tpm).unwrapOuter(name, new DuplicationBlob.Outer(oldParent, seed), inDuplicate);
        } catch (TpmException e) {
            throw e.atParameter(IN_DUPLICATE);
        } finally {
            seed.wipe();
        }
    }
}
