package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * A key of TPM2_MAC or TPM2_MAC_Start and the MAC to compute with it (Part 3, 15.6 and 17.3).
 *
 * @param key a keyed hash object for HMAC, a block cipher key for CMAC
 * @param scheme the hash algorithm of the HMAC, or CMAC
 */
public record MacKey(TpmObject key, TpmAlgId scheme) {
    /**
     * The key that handle 1 of a command refers to, and the MAC that the key or the caller demands.
     *
     * @param inScheme parameter 2: a hash algorithm, CMAC or NULL
     * @throws TpmException TPM_RC_TYPE if it is no such key, TPM_RC_VALUE of parameter 2 if key and caller disagree or neither
     *     names a MAC, TPM_RC_SCHEME of parameter 2 if it is not one of this key, TPM_RC_ATTRIBUTES if the key is restricted,
     *     TPM_RC_KEY if it does not sign
     */
    public static MacKey of(CommandContext command, TpmAlgId inScheme) {
        TpmObject key = command.object(1, TpmRc.TYPE);
        TpmAlgId keyScheme = switch (key.publicArea().parameters()) {
            case TpmsKeyedhashParms keyedHash -> keyedHash.scheme().hashAlg().algorithm();
            case TpmsSymcipherParms cipher -> cipher.sym().mode();
            default -> throw TpmException.handle(1, TpmRc.TYPE);
        };
        TpmAlgId scheme = inScheme == TpmAlgId.NULL ? keyScheme : inScheme;
        if (scheme == TpmAlgId.NULL || keyScheme != TpmAlgId.NULL && keyScheme != scheme) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        boolean suits = key.type() == TpmAlgId.SYMCIPHER ? scheme == TpmAlgId.CMAC : scheme != TpmAlgId.CMAC;
        if (!suits) {
            throw TpmException.parameter(2, TpmRc.SCHEME);
        }
        if (key.attributes().restricted()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        if (!key.attributes().sign()) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        return new MacKey(key, scheme);
    }

    /** The MAC of {@code data}. */
    public byte[] compute(Hmacs hmacs, Tpm2b data) {
        if (scheme != TpmAlgId.CMAC) {
            return hmacs.hmac(
                    TpmiAlgHash.of(scheme), key.sensitive().sensitive().bytes(), data.bytes());
        }
        SequenceObject sequence = start(Tpm2b.EMPTY);
        sequence.update(data);
        byte[] mac = sequence.finish();
        sequence.wipe();
        return mac;
    }

    /** Begins a MAC of nothing yet, as a sequence with this authValue. */
    public SequenceObject start(Tpm2b authValue) {
        byte[] secret = key.sensitive().sensitive().bytes();
        if (scheme == TpmAlgId.CMAC) {
            TpmtSymDefObject cipher = ((TpmsSymcipherParms) key.publicArea().parameters()).sym();
            return SequenceObject.cmac(authValue, cipher.algorithm(), secret);
        }
        return SequenceObject.hmac(authValue, TpmiAlgHash.of(scheme), secret);
    }
}
