package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Optional;

/** ANY_OBJECT: an object, a sequence, or nothing. Sequences are passed over. */
final class AnyObject {
    private static final int MAGIC = 0xFE9A3974;
    private static final int OBJECT = 0x75BE73AF;
    private static final int OBJECT_NEWEST = 4;
    private static final int WITH_HIERARCHY = 4;
    private static final int LARGEST_AUTH = 64;

    private static final int PUBLIC_ONLY = 1;
    private static final int ENDORSEMENT = 1 << 1;
    private static final int PLATFORM = 1 << 2;
    private static final int OWNER = 1 << 3;
    private static final int PRIMARY = 1 << 5;
    private static final int ST_CLEAR = 1 << 7;
    private static final int SEQUENCE = 1 << 8 | 1 << 9 | 1 << 10;
    private static final int OCCUPIED = 1 << 15;
    private static final int EXTERNAL = 1 << 17;

    private AnyObject() {}

    /**
     * Reads one.
     *
     * @param what it is, for messages
     * @return the object; empty for nothing and for a sequence
     */
    static Optional<TpmObject> read(LibtpmsReader in, String what) {
        in.header("ANY_OBJECT", MAGIC, 2, 2);
        int flags = in.u32();
        Optional<TpmObject> object = Optional.empty();
        if ((flags & OCCUPIED) != 0) {
            if ((flags & SEQUENCE) != 0) {
                SequenceSkipper.skip(in, flags);
            } else {
                object = Optional.of(object(in, flags, what));
            }
        }
        in.end();
        return object;
    }

    private static TpmObject object(LibtpmsReader in, int flags, String what) {
        int version = in.header("OBJECT", OBJECT, 2, OBJECT_NEWEST);
        TpmtPublic area;
        try {
            area = TpmtPublic.readAllowingNullName(in.structures());
        } catch (TpmException e) {
            throw new MalformedStateException(
                    what + " has an algorithm, key size or attribute that this TPM does not offer, or is damaged");
        }
        TpmtSensitive sensitive = sensitive(in, area, what);
        in.end();
        Tpm2b qualifiedName = in.sized();
        int persistentHandle = in.u32();
        Tpm2b name = in.sized();
        int[] hierarchy = {hierarchy(flags)};
        in.block(() -> {
            if (version > 2) {
                in.u8();
                in.block(() -> {
                    if (version >= WITH_HIERARCHY) {
                        hierarchy[0] = in.u32();
                    }
                });
            }
        });
        return new TpmObject(
                area,
                (flags & PUBLIC_ONLY) != 0 ? null : sensitive,
                name,
                qualifiedName,
                hierarchy[0],
                (flags & EXTERNAL) != 0,
                (flags & PRIMARY) != 0,
                (flags & ST_CLEAR) != 0,
                persistentHandle);
    }

    /** The sensitive area, with its authValue unpadded; null where the object has none. */
    private static TpmtSensitive sensitive(LibtpmsReader in, TpmtPublic area, String what) {
        int type = in.u16();
        Tpm2b auth = in.sized().withoutTrailingZeros();
        Tpm2b seed = in.sized();
        boolean known = type == TpmAlgId.RSA.value()
                || type == TpmAlgId.KEYEDHASH.value()
                || type == TpmAlgId.ECC.value()
                || type == TpmAlgId.SYMCIPHER.value();
        if (!known) {
            return null;
        }
        Tpm2b secret = in.sized();
        if (type != area.type().value() || auth.size() > LARGEST_AUTH) {
            throw new MalformedStateException("it is damaged: the secrets of " + what + " are not of its type");
        }
        return new TpmtSensitive(area.type(), auth, seed, secret);
    }

    private static int hierarchy(int flags) {
        if ((flags & ENDORSEMENT) != 0) {
            return TpmRh.ENDORSEMENT;
        }
        if ((flags & PLATFORM) != 0) {
            return TpmRh.PLATFORM;
        }
        return (flags & OWNER) != 0 ? TpmRh.OWNER : TpmRh.NULL;
    }
}
