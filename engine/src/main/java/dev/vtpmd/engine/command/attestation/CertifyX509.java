package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.certificate.CertificateExtensions;
import dev.vtpmd.engine.certificate.CertificateFields;
import dev.vtpmd.engine.certificate.PartialCertificate;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.RsaSignatures;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;

/**
 * TPM2_CertifyX509 (Part 3, 18.8): signs an X.509 certificate of an object, of which the caller gives a part and the TPM adds
 * version, serialNumber, maybe signature, and subjectPublicKeyInfo.
 */
public final class CertifyX509 implements Command {
    private static final byte[] NOTHING = {};
    private static final int LARGEST_SERIAL_NUMBER = 20;

    @Override
    public void execute(CommandContext command) {
        Tpm2b reserved = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        Tpm2b partialCertificate = command.parameter(Tpm2bType.MAX_BUFFER::read);
        command.endOfParameters();
        if (!reserved.isEmpty()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        Signer signer = Signer.of(command, 2, inScheme, 2);
        TpmObject signKey = signer.key().orElseThrow(() -> TpmException.handle(2, TpmRc.KEY));
        TpmObject object = command.object(1, TpmRc.ASYMMETRIC);
        byte[] publicKeyInfo =
                CertificateFields.publicKeyInfo(object).orElseThrow(() -> TpmException.handle(1, TpmRc.ASYMMETRIC));
        PartialCertificate given = read(partialCertificate);
        TpmtAsymScheme scheme = signer.scheme();
        byte[] addedAlgorithm = given.signature().isPresent() ? NOTHING : signatureAlgorithm(signKey, scheme);
        checkExtensions(given, object);

        TpmState tpm = command.tpm();
        byte[] algorithm = given.signature().orElse(addedAlgorithm);
        byte[] version = CertificateFields.version();
        byte[] serialNumber = serialNumber(tpm, signKey, object, algorithm, given, publicKeyInfo);
        byte[] certificate = CertificateFields.sequence(
                version,
                serialNumber,
                algorithm,
                given.issuer(),
                given.validity(),
                given.subject(),
                publicKeyInfo,
                given.extensions());
        Tpm2b digest = Tpm2b.wrap(tpm.digests().digest(scheme.hashAlg(), certificate));
        TpmtSignature signature = tpm.signatures().sign(signKey, scheme, digest);
        byte[] added = CertificateFields.sequence(version, serialNumber, addedAlgorithm, publicKeyInfo);
        command.response().sizedBytes(added);
        digest.write(command.response());
        signature.write(command.response());
    }

    /** A digest of all that the certificate says, of who signs and of what is certified; cut to what RFC 5280, 4.1.2.2, allows. */
    private static byte[] serialNumber(
            TpmState tpm,
            TpmObject signKey,
            TpmObject object,
            byte[] algorithm,
            PartialCertificate given,
            byte[] publicKeyInfo) {
        byte[] digest = tpm.digests()
                .digest(
                        signKey.nameAlg(),
                        algorithm,
                        given.issuer(),
                        given.validity(),
                        given.subject(),
                        publicKeyInfo,
                        given.extensions(),
                        signKey.name().bytes(),
                        object.name().bytes());
        return CertificateFields.serialNumber(Arrays.copyOf(digest, Math.min(digest.length, LARGEST_SERIAL_NUMBER)));
    }

    private static PartialCertificate read(Tpm2b partialCertificate) {
        try {
            return PartialCertificate.read(partialCertificate.bytes());
        } catch (TpmException e) {
            throw e.atParameter(3);
        }
    }

    private static byte[] signatureAlgorithm(TpmObject signKey, TpmtAsymScheme scheme) {
        int digestSize = scheme.hashAlg().digestSize();
        int saltSize = signKey.type() == TpmAlgId.RSA
                ? RsaSignatures.saltSize(signKey.key().rsaPublicKey(), digestSize)
                : 0;
        return CertificateFields.signatureAlgorithm(scheme, saltSize)
                .orElseThrow(() -> TpmException.handle(2, TpmRc.SCHEME));
    }

    private static void checkExtensions(PartialCertificate given, TpmObject object) {
        try {
            CertificateExtensions.check(given.extensions(), object.attributes());
        } catch (TpmException e) {
            throw e.is(TpmRc.ATTRIBUTES) ? e.atHandle(1) : e.atParameter(3);
        }
    }
}
