package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.ExportableDigest;
import dev.vtpmd.engine.crypto.ExportableHmac;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * A hash, HMAC or event sequence (Part 1, 32.4). Its Name is empty, it belongs to the NULL hierarchy and is not protected
 * against dictionary attack.
 */
public final class SequenceObject implements LoadedObject {
    private static final int LARGEST_AUTH = 64;
    private static final int LARGEST_STATE = 1024;
    private static final int TPM_GENERATED = 0xFF544347;

    private final Kind kind;
    private final Tpm2b authValue;
    private final List<ExportableDigest> digests;
    private final ExportableHmac hmac;
    private boolean started;
    private boolean safe = true;

    /** What is computed over the data. The ordinal is stored. */
    public enum Kind {
        /** One digest. */
        HASH,
        /** A digest for each hash algorithm: an event sequence. */
        EVENT,
        /** An HMAC. */
        HMAC
    }

    private SequenceObject(Kind kind, Tpm2b authValue, List<ExportableDigest> digests, ExportableHmac hmac) {
        this.kind = kind;
        this.authValue = authValue;
        this.digests = digests;
        this.hmac = hmac;
    }

    /** Begins a hash sequence. */
    public static SequenceObject hash(Tpm2b authValue, TpmiAlgHash hash) {
        return new SequenceObject(Kind.HASH, authValue, List.of(ExportableDigest.start(hash)), null);
    }

    /** Begins an event sequence with a digest for each of {@code hashes}. */
    public static SequenceObject event(Tpm2b authValue, List<TpmiAlgHash> hashes) {
        List<ExportableDigest> digests =
                hashes.stream().map(ExportableDigest::start).toList();
        return new SequenceObject(Kind.EVENT, authValue, digests, null);
    }

    /** Begins an HMAC sequence under {@code key}. */
    public static SequenceObject hmac(Tpm2b authValue, TpmiAlgHash hash, byte[] key) {
        return new SequenceObject(Kind.HMAC, authValue, List.of(), ExportableHmac.start(hash, key));
    }

    /** Reads a stored sequence. */
    public static SequenceObject read(TpmReader in) {
        Kind kind = Kind.values()[in.u8()];
        Tpm2b authValue = Tpm2b.read(in, LARGEST_AUTH);
        boolean started = in.u8() != 0;
        boolean safe = in.u8() != 0;
        List<ExportableDigest> digests = new ArrayList<>();
        ExportableHmac hmac = null;
        int count = in.u8();
        for (int i = 0; i < count; i++) {
            TpmiAlgHash hash = TpmiAlgHash.of(in.u16());
            digests.add(ExportableDigest.restore(hash, in.sizedBytes(LARGEST_STATE)));
        }
        if (kind == Kind.HMAC) {
            TpmiAlgHash hash = TpmiAlgHash.of(in.u16());
            hmac = ExportableHmac.restore(hash, in.sizedBytes(LARGEST_STATE), in.sizedBytes(LARGEST_STATE));
        }
        SequenceObject sequence = new SequenceObject(kind, authValue, digests, hmac);
        sequence.started = started;
        sequence.safe = safe;
        return sequence;
    }

    /** Stores the sequence. */
    public void write(TpmWriter out) {
        out.u8(kind.ordinal());
        authValue.write(out);
        out.u8(started ? 1 : 0);
        out.u8(safe ? 1 : 0);
        out.u8(digests.size());
        for (ExportableDigest digest : digests) {
            out.u16(digest.hash().value());
            out.sizedBytes(digest.export());
        }
        if (hmac != null) {
            out.u16(hmac.hash().value());
            out.sizedBytes(hmac.exportInner());
            out.sizedBytes(hmac.exportOuter());
        }
    }

    /** What is computed. */
    public Kind kind() {
        return kind;
    }

    /**
     * Adds data. The first piece decides whether the digest may be signed by a restricted key: not if it begins with
     * TPM_GENERATED_VALUE, nor if it is too short to tell (Part 3, 17.5).
     */
    public void update(Tpm2b data) {
        byte[] bytes = data.bytes();
        if (!started) {
            started = true;
            safe = bytes.length >= Integer.BYTES && new TpmReader(bytes, null).u32() != TPM_GENERATED;
        }
        for (ExportableDigest digest : digests) {
            digest.update(bytes);
        }
        if (hmac != null) {
            hmac.update(bytes);
        }
    }

    /** Whether a restricted key may sign the digest. */
    public boolean safe() {
        return safe;
    }

    /** The hash algorithm of a hash or HMAC sequence. */
    public TpmiAlgHash hash() {
        return hmac != null ? hmac.hash() : digests.getFirst().hash();
    }

    /** Ends the sequence and gives its digest or HMAC; of an event sequence the first. */
    public byte[] finish() {
        return hmac != null ? hmac.finish() : digests.getFirst().finish();
    }

    /** Ends an event sequence and gives its digests, in the order of the hash algorithms it was begun with. */
    public List<EventDigest> finishAll() {
        return digests.stream()
                .map(digest -> new EventDigest(digest.hash(), digest.finish()))
                .toList();
    }

    /** One digest of an event. */
    public record EventDigest(TpmiAlgHash hash, byte[] digest) {}

    @Override
    public Tpm2b authValue() {
        return authValue.withoutTrailingZeros();
    }

    @Override
    public Tpm2b name() {
        return Tpm2b.EMPTY;
    }

    @Override
    public int hierarchy() {
        return TpmRh.NULL;
    }

    @Override
    public void wipe() {
        authValue.wipe();
        digests.forEach(ExportableDigest::wipe);
        if (hmac != null) {
            hmac.wipe();
        }
    }
}
