package dev.vtpmd.store.record;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The header of a record, 68 bytes, all numbers big-endian. It is not encrypted, but authenticated along with the content:
 * it is the associated data of AES-GCM.
 *
 * @param kind what the record holds
 * @param deleted whether the record says that there is nothing of its kind any more
 * @param instance the instance it belongs to; for {@link RecordKind#STORE}, the state directory's own identifier
 * @param generation counts the records of one kind and instance, from 1
 * @param keyId the {@link dev.vtpmd.store.key.SealingKey#id} of the key that seals it
 * @param length the size of the ciphertext in bytes, without tag
 * @param capacity the size of the file in bytes
 * @param nonce the nonce of AES-GCM, 12 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordHeader(
        RecordKind kind,
        boolean deleted,
        UUID instance,
        long generation,
        long keyId,
        int length,
        int capacity,
        byte[] nonce) {
    static final int SIZE = 68;
    static final int VERSION = 1;
    private static final byte[] MAGIC = "vtpmdrec".getBytes(StandardCharsets.US_ASCII);
    private static final int FLAG_DELETED = 0x01;
    private static final int CHECKSUM_OFFSET = SIZE - 4;
    private static final int NONCE_SIZE = 12;

    /** The 68 bytes. */
    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        out.put(MAGIC).putShort((short) VERSION).put((byte) kind.code()).put((byte) (deleted ? FLAG_DELETED : 0));
        out.putLong(instance.getMostSignificantBits()).putLong(instance.getLeastSignificantBits());
        out.putLong(generation).putLong(keyId).putInt(length).putInt(capacity).put(nonce);
        out.putInt(checksum(out.array()));
        return out.array();
    }

    /**
     * Reads the header of {@code content}, what {@code file} contains. The checksum only serves to tell damage from a file
     * that is whole but of no use here; what is not authentic fails the authentication of the content.
     */
    static RecordHeader decode(Path file, byte[] content) throws StateStoreException {
        if (content.length < SIZE) {
            throw new DamagedFileException(file, "is damaged: " + content.length + " bytes are too short for a header");
        }
        ByteBuffer in = ByteBuffer.wrap(content, 0, SIZE);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        int version = Short.toUnsignedInt(in.getShort());
        if (in.getInt(CHECKSUM_OFFSET) != checksum(content) || !Arrays.equals(magic, MAGIC)) {
            throw new DamagedFileException(file, "is damaged: its header is not intact");
        }
        if (version != VERSION) {
            throw new UnknownFormatException(
                    file, "has format version " + version + ", and this release knows version " + VERSION);
        }
        Optional<RecordKind> kind = RecordKind.of(Byte.toUnsignedInt(in.get()));
        int flags = Byte.toUnsignedInt(in.get());
        if (kind.isEmpty() || (flags & ~FLAG_DELETED) != 0) {
            throw new UnknownFormatException(file, "holds a kind of record that this release does not know");
        }
        UUID instance = new UUID(in.getLong(), in.getLong());
        long generation = in.getLong();
        long keyId = in.getLong();
        int length = in.getInt();
        int capacity = in.getInt();
        byte[] nonce = new byte[NONCE_SIZE];
        in.get(nonce);
        return new RecordHeader(
                kind.get(), flags == FLAG_DELETED, instance, generation, keyId, length, capacity, nonce);
    }

    private static int checksum(byte[] header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, CHECKSUM_OFFSET);
        return (int) checksum.getValue();
    }
}
