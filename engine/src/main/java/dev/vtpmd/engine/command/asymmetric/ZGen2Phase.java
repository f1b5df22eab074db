package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.TwoPhaseKeyExchange;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_ZGen_2Phase (Part 3, 14.7): a key exchange in which both sides have a static and an ephemeral key. */
public final class ZGen2Phase implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsEccPoint inStatic = command.parameter(in -> in.sized(TpmsEccPoint::read));
        TpmsEccPoint inEphemeral = command.parameter(in -> in.sized(TpmsEccPoint::read));
        TpmAlgId inScheme = command.parameter(AlgorithmType.TPMI_ECC_KEY_EXCHANGE::read);
        int count = command.intParameter(TpmReader::u16);
        command.endOfParameters();
        TpmObject key = exchangeKey(command, inScheme);
        EccCurve curve = key.key().curve();
        EccPoint theirStatic = EccPoints.onCurve(curve, inStatic, 1);
        EccPoint theirEphemeral = EccPoints.onCurve(curve, inEphemeral, 2);
        TpmState tpm = command.tpm();
        tpm.requireNvIfOrderly();
        EccPrivateKey ephemeral = tpm.commitments()
                .find(count, curve, Tpm2b.EMPTY)
                .orElseThrow(() -> TpmException.parameter(4, TpmRc.VALUE));
        EccPrivateKey staticKey = key.key().eccPrivateKey();
        TwoPhaseKeyExchange exchange = new TwoPhaseKeyExchange(tpm.ecc(), staticKey, ephemeral);
        EccPoint first = switch (inScheme) {
            case ECDH -> tpm.ecc().sharedPoint(staticKey, theirStatic);
            case ECMQV -> exchange.mqv(theirStatic, theirEphemeral);
            case SM2 -> exchange.sm2(theirStatic, theirEphemeral);
            default -> throw TpmException.parameter(3, TpmRc.SCHEME);
        };
        TpmsEccPoint second = inScheme == TpmAlgId.ECDH
                ? EccPoints.toWire(curve, tpm.ecc().sharedPoint(ephemeral, theirEphemeral))
                : EccPoints.NONE;
        command.response().sized(EccPoints.toWire(curve, first)::write);
        command.response().sized(second::write);
        tpm.commitments().end(count);
    }

    private static TpmObject exchangeKey(CommandContext command, TpmAlgId inScheme) {
        TpmObject key = command.object(1, TpmRc.KEY);
        if (!(key.publicArea().parameters() instanceof TpmsEccParms parameters)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (key.attributes().restricted() || !key.attributes().decrypt()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmtAsymScheme scheme = parameters.scheme();
        if (!scheme.isNull() && scheme.scheme() != inScheme) {
            throw TpmException.parameter(3, TpmRc.SCHEME);
        }
        return key;
    }
}
