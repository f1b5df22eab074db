package dev.vtpmd.engine.attestation;

import dev.vtpmd.engine.TpmIdentity;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.hierarchy.Tickets;
import dev.vtpmd.engine.object.Names;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmsAttest;
import dev.vtpmd.protocol.structure.TpmsClockInfo;
import dev.vtpmd.protocol.structure.TpmuAttest;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts what is attested into a TPMS_ATTEST and signs that (Part 1, 31; Part 2, 10.12.12). */
public final class Attestation {
    private static final int OBFUSCATION_BITS = 128;

    private final TpmState tpm;
    private final Signer signer;

    /** Attestations by {@code signer}; one without key makes the structure without a signature. */
    public Attestation(TpmState tpm, Signer signer) {
        this.tpm = tpm;
        this.signer = signer;
    }

    /**
     * Writes the TPM2B_ATTEST and the TPMT_SIGNATURE of a response.
     *
     * @param qualifyingData what the caller wants included; an anonymous signature covers it outside of the structure
     * @throws dev.vtpmd.protocol.wire.TpmException what {@link dev.vtpmd.engine.signature.Signatures#sign} throws
     */
    public void write(Tpm2b qualifyingData, TpmuAttest attested, TpmWriter out) {
        boolean anonymous = signer.anonymous();
        byte[] attest = TpmWriter.toByteArray(structure(anonymous ? Tpm2b.EMPTY : qualifyingData, attested)::write);
        Tpm2b outside = anonymous ? qualifyingData : Tpm2b.EMPTY;
        TpmtSignature signature =
                signer.key().map(key -> sign(key, outside, attest)).orElse(TpmtSignature.NULL);
        out.sizedBytes(attest);
        signature.write(out);
    }

    private TpmtSignature sign(TpmObject key, Tpm2b outside, byte[] attest) {
        TpmiAlgHash hash = signer.scheme().hashAlg();
        byte[] digest = tpm.digests().digest(hash, attest);
        if (!outside.isEmpty()) {
            digest = tpm.digests().digest(hash, outside.bytes(), digest);
        }
        return tpm.signatures().sign(key, signer.scheme(), Tpm2b.wrap(digest));
    }

    private TpmsAttest structure(Tpm2b qualifyingData, TpmuAttest attested) {
        Tpm2b qualifiedSigner = signer.anonymous()
                ? Tpm2b.EMPTY
                : signer.key().map(TpmObject::qualifiedName).orElseGet(() -> Names.ofHandle(TpmRh.NULL));
        TpmsClockInfo clock = tpm.clock().clockInfo();
        if (seesCounters()) {
            return new TpmsAttest(qualifiedSigner, qualifyingData, clock, TpmIdentity.FIRMWARE_VERSION, attested);
        }
        ByteBuffer obfuscation = obfuscation(qualifiedSigner);
        long firmwareVersion = TpmIdentity.FIRMWARE_VERSION + obfuscation.getLong();
        int restartCount = clock.restartCount() + obfuscation.getInt();
        int resetCount = clock.resetCount() + obfuscation.getInt();
        TpmsClockInfo obfuscated = new TpmsClockInfo(clock.clock(), resetCount, restartCount, clock.safe());
        return new TpmsAttest(qualifiedSigner, qualifyingData, obfuscated, firmwareVersion, attested);
    }

    /**
     * Whether the counters and the firmware version are shown as they are: only to keys of the endorsement and platform
     * hierarchies, for with them keys of other hierarchies could be told to belong to one TPM (Part 1, 36.7).
     */
    private boolean seesCounters() {
        return signer.key()
                .map(TpmObject::hierarchy)
                .filter(hierarchy -> hierarchy == TpmRh.ENDORSEMENT || hierarchy == TpmRh.PLATFORM)
                .isPresent();
    }

    /** The numbers to add, in the byte order of the machines that the reference implementation usually runs on. */
    private ByteBuffer obfuscation(Tpm2b qualifiedSigner) {
        byte[] bytes = tpm.keyDerivation()
                .kdfa(
                        Tickets.HASH,
                        tpm.hierarchies().proof(TpmRh.OWNER).bytes(),
                        KdfLabel.OBFUSCATE,
                        qualifiedSigner.bytes(),
                        new byte[0],
                        OBFUSCATION_BITS);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
