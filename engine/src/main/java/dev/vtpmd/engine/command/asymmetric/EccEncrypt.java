package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccEncryption;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ECC_Encrypt (Part 3, 14.8). As for TPM2_ECDH_KeyGen, a key whose point is not on its curve is refused with TPM_RC_KEY. */
public final class EccEncrypt implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b plainText = command.parameter(Tpm2bType.MAX_BUFFER::read);
        TpmtKdfScheme inScheme = command.parameter(TpmtKdfScheme::readOrNull);
        command.endOfParameters();
        TpmObject key = command.object(1, TpmRc.KEY);
        if (key.type() != TpmAlgId.ECC) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        TpmiAlgHash hash = EccCipher.hash(key, inScheme, 2);
        EccCurve curve = key.key().curve();
        EccPoint publicPoint = key.key().eccPublicKey();
        if (!curve.contains(publicPoint)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        EccEncryption.Encrypted encrypted =
                EccCipher.of(command.tpm()).encrypt(curve, publicPoint, hash, plainText.bytes());
        command.response().sized(EccPoints.toWire(curve, encrypted.c1())::write);
        command.response().sizedBytes(encrypted.c2());
        command.response().sizedBytes(encrypted.c3());
    }
}
