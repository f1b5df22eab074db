package dev.vtpmd.engine.command.session;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.authorization.Entities;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.engine.session.SessionBinding;
import dev.vtpmd.engine.session.SessionTable;
import dev.vtpmd.protocol.algorithm.TpmtSymDef;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSe;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;

/** TPM2_StartAuthSession (Part 3, 11.1). */
public final class StartAuthSession implements Command {
    private static final int SMALLEST_NONCE = 16;

    /** The parameters of the command. */
    private record Parameters(Tpm2b nonceCaller, Tpm2b salt, TpmSe type, TpmtSymDef symmetric, TpmiAlgHash hash) {
        static Parameters read(CommandContext command) {
            Parameters parameters = new Parameters(
                    command.parameter(Tpm2bType.NONCE::read),
                    command.parameter(Tpm2bType.ENCRYPTED_SECRET::read),
                    command.parameter(TpmSe::read),
                    command.parameter(TpmtSymDef::readOrNull),
                    command.parameter(TpmiAlgHash::read));
            command.endOfParameters();
            return parameters;
        }
    }

    @Override
    public void execute(CommandContext command) {
        Parameters parameters = Parameters.read(command);
        int nonceSize = parameters.nonceCaller.size();
        if (nonceSize < SMALLEST_NONCE || nonceSize > parameters.hash.digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        Tpm2b salt = salt(command, parameters.salt);
        checkBind(command);
        checkSymmetric(parameters.symmetric);
        TpmState tpm = command.tpm();
        boolean policy = parameters.type != TpmSe.HMAC;
        int handle = tpm.sessions().newHandle(policy ? SessionTable.POLICY_TYPE : SessionTable.HMAC_TYPE);
        Tpm2b nonceTpm = tpm.random(nonceSize);
        Session session = new Session(
                handle,
                parameters.type,
                parameters.hash,
                parameters.symmetric,
                sessionKey(command, parameters, salt, nonceTpm),
                binding(command, policy),
                nonceTpm,
                policy
                        ? PolicyState.initial(
                                parameters.hash, tpm.clock().time(), tpm.clock().timeEpoch())
                        : null);
        salt.wipe();
        tpm.sessions().add(session);
        command.returnHandle(handle);
        nonceTpm.write(command.response());
    }

    private static Tpm2b salt(CommandContext command, Tpm2b encryptedSalt) {
        if (command.handle(1) == TpmRh.NULL) {
            if (!encryptedSalt.isEmpty()) {
                throw TpmException.parameter(2, TpmRc.VALUE);
            }
            return Tpm2b.EMPTY;
        }
        TpmObject key = command.object(1, TpmRc.KEY);
        if (key.type() != TpmAlgId.RSA && key.type() != TpmAlgId.ECC) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (encryptedSalt.isEmpty()) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (key.publicOnly()) {
            throw TpmException.handle(1, TpmRc.HANDLE);
        }
        if (!key.attributes().decrypt()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        try {
            return command.tpm().secretExchange().decrypt(key, KdfLabel.SECRET, encryptedSalt);
        } catch (TpmException e) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
    }

    private static void checkBind(CommandContext command) {
        LoadedObject object = command.loadedObject(2);
        boolean publicOnly = object instanceof TpmObject key && key.publicOnly();
        NvIndex index = TpmHt.NV_INDEX.holds(command.handle(2)) ? command.nvIndex(2) : null;
        boolean pin = index != null && index.isPin();
        if (publicOnly || pin) {
            throw TpmException.handle(2, TpmRc.HANDLE);
        }
    }

    private static void checkSymmetric(TpmtSymDef symmetric) {
        boolean blockCipher = !symmetric.isNull() && symmetric.algorithm() != TpmAlgId.XOR;
        if (blockCipher && symmetric.mode() != TpmAlgId.CFB) {
            throw TpmException.parameter(4, TpmRc.MODE);
        }
    }

    private static Tpm2b sessionKey(CommandContext command, Parameters parameters, Tpm2b salt, Tpm2b nonceTpm) {
        boolean bound = command.handle(2) != TpmRh.NULL;
        boolean salted = command.handle(1) != TpmRh.NULL;
        if (!bound && !salted) {
            return Tpm2b.EMPTY;
        }
        TpmState tpm = command.tpm();
        Tpm2b authValue = bound ? new Entities(tpm).authValue(command.handle(2)) : Tpm2b.EMPTY;
        byte[] key = new byte[authValue.size() + salt.size()];
        System.arraycopy(authValue.bytes(), 0, key, 0, authValue.size());
        System.arraycopy(salt.bytes(), 0, key, authValue.size(), salt.size());
        TpmiAlgHash hash = parameters.hash;
        byte[] sessionKey = tpm.keyDerivation()
                .kdfa(
                        hash,
                        key,
                        KdfLabel.ATH,
                        nonceTpm.bytes(),
                        parameters.nonceCaller.bytes(),
                        hash.digestSize() * Byte.SIZE);
        Arrays.fill(key, (byte) 0);
        return Tpm2b.wrap(sessionKey);
    }

    private static Session.Binding binding(CommandContext command, boolean policy) {
        int bind = command.handle(2);
        if (bind == TpmRh.NULL) {
            return Session.Binding.NONE;
        }
        Entities entities = new Entities(command.tpm());
        Tpm2b mark = policy ? Tpm2b.EMPTY : SessionBinding.mark(entities.name(bind), entities.authValue(bind));
        return new Session.Binding(mark, entities.dictionaryAttackProtected(bind), bind == TpmRh.LOCKOUT);
    }
}
