package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.UnsignedIntegers;
import dev.vtpmd.protocol.algorithm.TpmsAlgorithmDetailEcc;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.math.BigInteger;

/** TPM2_ECC_Parameters (Part 3, 14.6). */
public final class EccParameters implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmEccCurve id = command.parameter(TpmEccCurve::read);
        command.endOfParameters();
        EccCurve curve = EccCurve.of(id);
        int size = curve.coordinateSize();
        new TpmsAlgorithmDetailEcc(
                        id,
                        curve.prime().bitLength(),
                        kdf(id),
                        TpmtAsymScheme.NULL,
                        number(curve.prime(), size),
                        // A coefficient of zero is one byte, as the reference implementation has it.
                        number(curve.a(), curve.a().signum() == 0 ? 1 : size),
                        number(curve.b(), size),
                        number(curve.generator().x(), size),
                        number(curve.generator().y(), size),
                        number(curve.order(), curve.orderSize()),
                        number(curve.cofactor(), 1))
                .write(command.response());
    }

    /** The key derivation that the TCG Algorithm Registry gives with the curve, as the reference implementation reports it. */
    private static TpmtKdfScheme kdf(TpmEccCurve curve) {
        TpmiAlgHash hash = switch (curve) {
            case NIST_P192, NIST_P224, NIST_P256 -> TpmiAlgHash.SHA256;
            case NIST_P384 -> TpmiAlgHash.SHA384;
            case NIST_P521 -> TpmiAlgHash.SHA512;
            case SM2_P256 -> TpmiAlgHash.SM3_256;
            default -> TpmiAlgHash.NULL;
        };
        return hash == TpmiAlgHash.NULL ? TpmtKdfScheme.NULL : new TpmtKdfScheme(TpmAlgId.KDF1_SP800_56A, hash);
    }

    private static Tpm2b number(BigInteger value, int size) {
        return Tpm2b.wrap(UnsignedIntegers.toBytes(value, size));
    }
}
