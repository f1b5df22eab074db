package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.swtpm.StateBlobType;
import dev.vtpmd.store.key.SealingKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;

/**
 * What a service says of a state that leaves it through the control channel. {@code docs/migration.md} has the encoding.
 *
 * @param type permanent or volatile
 * @param instance whose state it is
 * @param handover the how-manieth handover of this TPM it is
 * @param id identifies the handover; the permanent and the volatile state of one have the same
 * @param permissions those of the instance, which go with it
 * @param sealed whether only this very instance can use it: a snapshot of one that must not migrate
 */
record StateEnvelope(
        StateBlobType type, UUID instance, long handover, UUID id, Permissions permissions, boolean sealed) {
    private static final byte[] MAGIC = "vtpmdmig".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int OPEN = 1;
    private static final int SEALED = 2;
    private static final int MIGRATION = 1;
    private static final int SNAPSHOTS = 2;
    private static final int HEADER_SIZE = 8 + 2 + 1 + 1 + 16 + 8 + 16 + 1;

    /** The envelope with {@code state} in it. {@code key} seals it if it is to be sealed. */
    byte[] encode(byte[] state, Optional<SealingKey> key) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE)
                .put(MAGIC)
                .putShort((short) VERSION)
                .put((byte) (sealed ? SEALED : OPEN))
                .put((byte) type.value())
                .putLong(instance.getMostSignificantBits())
                .putLong(instance.getLeastSignificantBits())
                .putLong(handover)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put((byte) ((permissions.migration() ? MIGRATION : 0) | (permissions.snapshots() ? SNAPSHOTS : 0)));
        if (!sealed) {
            return ByteBuffer.allocate(HEADER_SIZE + state.length)
                    .put(header.array())
                    .put(state)
                    .array();
        }
        byte[] nonce = new byte[SealingKey.NONCE_SIZE];
        new SecureRandom().nextBytes(nonce);
        byte[] out = new byte[HEADER_SIZE + nonce.length + state.length + SealingKey.TAG_SIZE];
        ByteBuffer.wrap(out).put(header.array()).put(nonce);
        key.orElseThrow().seal(nonce, header.array(), state, out, HEADER_SIZE + nonce.length);
        return out;
    }

    /** What stands on the envelope in {@code content}. */
    static StateEnvelope read(byte[] content) throws StateRefusedException {
        if (content.length < HEADER_SIZE || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw refused(ControlResult.BAD_PARAMETER, "it is not a state that a service of vtpmd has handed over");
        }
        ByteBuffer in = ByteBuffer.wrap(content).position(MAGIC.length);
        int version = in.getShort();
        int form = in.get();
        if (version != VERSION || form < OPEN || form > SEALED) {
            throw refused(ControlResult.BAD_VERSION, "it was handed over in a form that this release does not know");
        }
        StateBlobType type = StateBlobType.of(in.get())
                .orElseThrow(() -> refused(ControlResult.BAD_PARAMETER, "it is of no known type"));
        UUID instance = new UUID(in.getLong(), in.getLong());
        long handover = in.getLong();
        UUID id = new UUID(in.getLong(), in.getLong());
        int permissions = in.get();
        return new StateEnvelope(
                type,
                instance,
                handover,
                id,
                new Permissions((permissions & MIGRATION) != 0, (permissions & SNAPSHOTS) != 0),
                form == SEALED);
    }

    /** The state in the envelope, opened with {@code key} if it is sealed. */
    byte[] open(byte[] content, Optional<SealingKey> key) throws StateRefusedException {
        if (!sealed) {
            return Arrays.copyOfRange(content, HEADER_SIZE, content.length);
        }
        int start = HEADER_SIZE + SealingKey.NONCE_SIZE;
        if (content.length < start + SealingKey.TAG_SIZE) {
            throw refused(ControlResult.BAD_PARAMETER, "it is cut off");
        }
        byte[] nonce = Arrays.copyOfRange(content, HEADER_SIZE, start);
        try {
            return key.orElseThrow()
                    .open(nonce, Arrays.copyOf(content, HEADER_SIZE), content, start, content.length - start);
        } catch (AEADBadTagException e) {
            throw refused(ControlResult.DECRYPT_ERROR, "the snapshot was changed, or made by another service");
        }
    }

    private static StateRefusedException refused(ControlResult result, String reason) {
        return new StateRefusedException(result, reason);
    }
}
