package dev.vtpmd.engine.command.ephemeral;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.asymmetric.EccPoints;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.math.BigInteger;
import java.util.Optional;

/**
 * TPM2_Commit (Part 3, 19.2): the first half of an anonymous signature. With r a new ephemeral key, d the private key and P2 the
 * point that s2 and y2 give, it returns K = [d]P2, L = [r]P2 and E = [r]P1, or [r]G if neither point is given.
 */
public final class Commit implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsEccPoint inP1 = command.parameter(in -> in.sized(TpmsEccPoint::read));
        Tpm2b s2 = command.parameter(Tpm2bType.SENSITIVE_DATA::read);
        Tpm2b y2 = command.parameter(Tpm2bType.ECC_PARAMETER::read);
        command.endOfParameters();
        TpmObject key = anonymousKey(command);
        if (s2.isEmpty() != y2.isEmpty()) {
            throw TpmException.parameter(3, TpmRc.SIZE);
        }
        EccCurve curve = key.key().curve();
        Optional<EccPoint> p2 = s2.isEmpty() ? Optional.empty() : Optional.of(hashedPoint(command, key, s2, y2));
        Optional<EccPoint> p1 =
                inP1.equals(EccPoints.NONE) ? Optional.empty() : Optional.of(EccPoints.onCurve(curve, inP1, 1));
        TpmState tpm = command.tpm();
        tpm.requireNvIfOrderly();
        EccPrivateKey r = tpm.commitments().next(curve, key.name());
        Ecc ecc = tpm.ecc();
        TpmWriter out = command.response();
        write(curve, p2.map(point -> ecc.sharedPoint(key.key().eccPrivateKey(), point)), out);
        write(curve, p2.map(point -> ecc.sharedPoint(r, point)), out);
        boolean noPoint = p1.isEmpty() && p2.isEmpty();
        write(curve, noPoint ? Optional.of(ecc.publicPoint(r)) : p1.map(point -> ecc.sharedPoint(r, point)), out);
        out.u16(tpm.commitments().commit());
    }

    private static TpmObject anonymousKey(CommandContext command) {
        TpmObject key = command.object(1, TpmRc.KEY);
        if (!(key.publicArea().parameters() instanceof TpmsEccParms parameters)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (parameters.scheme().scheme() != TpmAlgId.ECDAA) {
            throw TpmException.handle(1, TpmRc.SCHEME);
        }
        return key;
    }

    /** P2, whose x coordinate is the digest of {@code s2} modulo the prime of the field. */
    private static EccPoint hashedPoint(CommandContext command, TpmObject key, Tpm2b s2, Tpm2b y2) {
        if (key.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.handle(1, TpmRc.HASH);
        }
        EccCurve curve = key.key().curve();
        byte[] digest = command.tpm().digests().digest(key.nameAlg(), s2.bytes());
        BigInteger x2 = new BigInteger(1, digest).mod(curve.prime());
        EccPoint p2 = new EccPoint(x2, new BigInteger(1, y2.bytes()));
        if (!curve.contains(p2)) {
            throw TpmException.parameter(2, TpmRc.ECC_POINT);
        }
        if (key.publicOnly()) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        return p2;
    }

    private static void write(EccCurve curve, Optional<EccPoint> point, TpmWriter out) {
        out.sized(point.map(present -> EccPoints.toWire(curve, present)).orElse(EccPoints.NONE)::write);
    }
}
