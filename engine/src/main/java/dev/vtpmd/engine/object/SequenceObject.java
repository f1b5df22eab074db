package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.ExportableCmac;
import dev.vtpmd.engine.crypto.ExportableDigest;
import dev.vtpmd.engine.crypto.ExportableHmac;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hash, MAC or event sequence (Part 1, 32.4). Its Name is empty, it belongs to the NULL hierarchy and is not protected
 * against dictionary attack.
 */
public final class SequenceObject implements LoadedObject {
    private static final int LARGEST_AUTH = 64;
    private static final int LARGEST_STATE = 1024;
    private static final int LARGEST_CIPHER_KEY = 32;
    private static final int TPM_GENERATED = 0xFF544347;

    private final Kind kind;
    private final Tpm2b authValue;
    private final List<ExportableDigest> digests;
    private final ExportableHmac hmac;
    private final Cmac cmac;
    private boolean started;
    private boolean safe = true;

    /** What is computed over the data. The ordinal is stored. */
    public enum Kind {
        /** One digest. */
        HASH,
        /** A digest for each hash algorithm: an event sequence. */
        EVENT,
        /** An HMAC. */
        HMAC,
        /** A CMAC with a block cipher. */
        CMAC
    }

    private SequenceObject(Kind kind, Tpm2b authValue, List<ExportableDigest> digests, ExportableHmac hmac, Cmac cmac) {
        this.kind = kind;
        this.authValue = authValue;
        this.digests = digests;
        this.hmac = hmac;
        this.cmac = cmac;
    }

    /** Begins a hash sequence. */
    public static SequenceObject hash(Tpm2b authValue, TpmiAlgHash hash) {
        return new SequenceObject(Kind.HASH, authValue, List.of(ExportableDigest.start(hash)), null, null);
    }

    /** Begins an event sequence with a digest for each of {@code hashes}. */
    public static SequenceObject event(Tpm2b authValue, List<TpmiAlgHash> hashes) {
        List<ExportableDigest> digests =
                hashes.stream().map(ExportableDigest::start).toList();
        return new SequenceObject(Kind.EVENT, authValue, digests, null, null);
    }

    /** Begins an HMAC sequence under {@code key}. */
    public static SequenceObject hmac(Tpm2b authValue, TpmiAlgHash hash, byte[] key) {
        return new SequenceObject(Kind.HMAC, authValue, List.of(), ExportableHmac.start(hash, key), null);
    }

    /** Begins a CMAC sequence under {@code key}, of which it keeps a copy. */
    public static SequenceObject cmac(Tpm2b authValue, TpmAlgId cipher, byte[] key) {
        return new SequenceObject(Kind.CMAC, authValue, List.of(), null, Cmac.start(cipher, key.clone()));
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
            TpmiAlgHash hash = TpmiAlgHash.read(in);
            digests.add(ExportableDigest.restore(hash, in.sizedBytes(LARGEST_STATE)));
        }
        if (kind == Kind.HMAC) {
            TpmiAlgHash hash = TpmiAlgHash.read(in);
            hmac = ExportableHmac.restore(hash, in.sizedBytes(LARGEST_STATE), in.sizedBytes(LARGEST_STATE));
        }
        Cmac cmac = kind == Kind.CMAC ? Cmac.read(in) : null;
        SequenceObject sequence = new SequenceObject(kind, authValue, digests, hmac, cmac);
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
        if (cmac != null) {
            cmac.write(out);
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
        if (cmac != null) {
            cmac.state.update(bytes);
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

    /** Ends the sequence and gives its digest or MAC; of an event sequence the first digest. */
    public byte[] finish() {
        return switch (kind) {
            case HASH, EVENT -> digests.getFirst().finish();
            case HMAC -> hmac.finish();
            case CMAC -> cmac.state.finish();
        };
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
        if (cmac != null) {
            Arrays.fill(cmac.key, (byte) 0);
            cmac.state.wipe();
        }
    }

    /** A CMAC and its key, which its state does not contain. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Cmac(TpmAlgId cipher, byte[] key, ExportableCmac state) {
        static Cmac start(TpmAlgId cipher, byte[] key) {
            return new Cmac(cipher, key, ExportableCmac.start(cipher, key));
        }

        static Cmac read(TpmReader in) {
            TpmAlgId cipher = TpmAlgId.of(in.u16());
            byte[] key = in.sizedBytes(LARGEST_CIPHER_KEY);
            return new Cmac(cipher, key, ExportableCmac.restore(cipher, key, in.sizedBytes(LARGEST_STATE)));
        }

        void write(TpmWriter out) {
            cipher.write(out);
            out.sizedBytes(key);
            out.sizedBytes(state.export());
        }
    }
}
