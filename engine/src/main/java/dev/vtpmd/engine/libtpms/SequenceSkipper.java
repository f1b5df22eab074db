package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.constant.TpmAlgId;

/**
 * Passes over a HASH_OBJECT: a hash, HMAC or event sequence that is under way. It holds the inner state of libtpms's
 * cryptographic library and is not taken over; its size has to be found out, for what follows it.
 */
final class SequenceSkipper {
    private static final int HASH_OBJECT = 0xB874FE38;
    private static final int HASH_STATE = 0x562878A2;
    private static final int ANY_HASH_STATE = 0x349D494B;
    private static final int SHA1_STATE = 0x19D46F50;
    private static final int SHA256_STATE = 0x6EA059D0;
    private static final int SHA384_STATE = 0x14814B08;
    private static final int SHA512_STATE = 0x269E8AE0;
    private static final int NEWEST = 3;
    private static final int HMAC_SEQUENCE = 1 << 8;
    private static final int EVENT_SEQUENCE = 1 << 10;
    private static final int SHA1_WORDS = 5;

    private SequenceSkipper() {}

    /** Passes over a sequence, given the flags of its ANY_OBJECT. */
    static void skip(LibtpmsReader in, int flags) {
        int version = in.header("HASH_OBJECT", HASH_OBJECT, 2, NEWEST);
        in.skip(2 * Short.BYTES + Integer.BYTES);
        in.sized();
        if ((flags & HMAC_SEQUENCE) != 0) {
            hashState(in);
            in.sized();
        } else if ((flags & EVENT_SEQUENCE) == 0 || version >= NEWEST) {
            int count = in.u16();
            for (int i = 0; i < count; i++) {
                hashState(in);
            }
        }
        in.end();
    }

    private static void hashState(LibtpmsReader in) {
        in.header("HASH_STATE", HASH_STATE, 2, 2);
        in.skip(1);
        int algorithm = in.u16();
        in.header("ANY_HASH_STATE", ANY_HASH_STATE, 2, 2);
        TpmAlgId hash = TpmAlgId.of(algorithm);
        if (hash == TpmAlgId.SHA1) {
            in.header("SHA1_STATE", SHA1_STATE, 2, 2);
            in.skip((SHA1_WORDS + 2) * Integer.BYTES);
            in.sized();
            in.skip(Integer.BYTES);
            in.end();
        } else if (hash == TpmAlgId.SHA256) {
            words(in, SHA256_STATE, Integer.BYTES);
        } else if (hash == TpmAlgId.SHA384) {
            words(in, SHA384_STATE, Long.BYTES);
        } else if (hash == TpmAlgId.SHA512) {
            words(in, SHA512_STATE, Long.BYTES);
        } else if (algorithm != 0) {
            throw new MalformedStateException("it has a sequence of an unknown hash algorithm, or is damaged");
        }
        in.end();
        in.end();
    }

    private static void words(LibtpmsReader in, int magic, int wordSize) {
        in.header("SHA2_STATE", magic, 2, 2);
        in.skip(in.u16() * wordSize + 2 * wordSize);
        in.sized();
        in.skip(2 * Integer.BYTES);
        in.end();
    }
}
