package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.EccEncryption;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;

/** TPM2_ECC_Decrypt (Part 3, 14.9). */
public final class EccDecrypt implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsEccPoint c1 = command.parameter(in -> in.sized(TpmsEccPoint::read));
        Tpm2b c2 = command.parameter(Tpm2bType.MAX_BUFFER::read);
        Tpm2b c3 = command.parameter(Tpm2bType.DIGEST::read);
        TpmtKdfScheme inScheme = command.parameter(TpmtKdfScheme::readOrNull);
        command.endOfParameters();
        TpmObject key = command.object(1, TpmRc.KEY);
        if (key.type() != TpmAlgId.ECC) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (key.attributes().restricted() || !key.attributes().decrypt()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmiAlgHash hash = EccCipher.hash(key, inScheme, 4);
        EccPoint ephemeral = EccPoints.onCurve(key.key().curve(), c1, 1);
        byte[] plainText = EccCipher.of(command.tpm())
                .decrypt(
                        key.key().eccPrivateKey(), hash, new EccEncryption.Encrypted(ephemeral, c2.bytes(), c3.bytes()))
                .orElseThrow(() -> TpmException.of(TpmRc.VALUE));
        command.response().sizedBytes(plainText);
        Arrays.fill(plainText, (byte) 0);
    }
}
