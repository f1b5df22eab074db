package dev.vtpmd.engine.certificate;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the caller of TPM2_CertifyX509 gives of a certificate (Part 3, 18.8.2): a SEQUENCE of some of the fields of a
 * TBSCertificate, each kept in its encoding.
 *
 * @param signature the AlgorithmIdentifier of the signature, if the TPM need not make it
 */
@SuppressWarnings("ArrayRecordComponent")
public record PartialCertificate(
        Optional<byte[]> signature, byte[] issuer, byte[] validity, byte[] subject, byte[] extensions) {
    private static final int REQUIRED = 3;

    /**
     * Reads a partial certificate.
     *
     * @throws TpmException TPM_RC_SIZE if it is not one SEQUENCE and nothing else, TPM_RC_VALUE if there are other fields in it
     *     or some are missing
     */
    public static PartialCertificate read(byte[] encoded) {
        DerReader in = new DerReader(encoded);
        if (!in.hasNext()) {
            throw TpmException.of(TpmRc.VALUE);
        }
        List<byte[]> sequences = new ArrayList<>();
        byte[] extensions = null;
        DerReader fields = wholeSequence(in);
        while (fields.hasNext()) {
            DerReader.Element field = fields.next();
            if (field.tag() == DerReader.SEQUENCE && sequences.size() <= REQUIRED) {
                sequences.add(field.encoding());
            } else if (field.tag() == DerReader.EXTENSIONS && extensions == null) {
                extensions = field.encoding();
            } else {
                throw TpmException.of(TpmRc.VALUE);
            }
        }
        if (sequences.size() < REQUIRED || extensions == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        Optional<byte[]> signature =
                sequences.size() > REQUIRED ? Optional.of(sequences.removeFirst()) : Optional.empty();
        return new PartialCertificate(signature, sequences.get(0), sequences.get(1), sequences.get(2), extensions);
    }

    private static DerReader wholeSequence(DerReader in) {
        try {
            DerReader.Element sequence = in.next(DerReader.SEQUENCE);
            if (!in.hasNext()) {
                return sequence.reader();
            }
        } catch (TpmException malformed) {
            // Answered like a SEQUENCE of another size.
        }
        throw TpmException.of(TpmRc.SIZE);
    }
}
