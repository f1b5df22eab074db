package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.swtpm.SwtpmBlobException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The state files that swtpm itself has written, for reading only: a directory ({@code --tpmstate dir=}) or a linear file
 * ({@code --tpmstate backend-uri=file://}). Nothing is changed, not even a lock file is made.
 */
public final class SwtpmFiles {
    private static final int LARGEST_FILE = 16 << 20;
    private static final String LOCK = ".lock";

    private static final long LINEAR_MAGIC = 0x737774706D6C696EL;
    private static final int LINEAR_VERSION = 1;
    private static final int LINEAR_HEADER = 192;
    private static final int LINEAR_SLOTS = 12;
    private static final int LINEAR_SLOT_SIZE = 12;
    private static final int PERMANENT_SLOT = 0;
    private static final int VOLATILE_SLOT = 1;

    private final Path path;
    private final byte[] permanentBlob;
    private final Optional<byte[]> volatileBlob;

    private SwtpmFiles(Path path, byte[] permanentBlob, Optional<byte[]> volatileBlob) {
        this.path = path;
        this.permanentBlob = permanentBlob;
        this.volatileBlob = volatileBlob;
    }

    /** States without swtpm's wrapping. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record States(byte[] permanentState, Optional<byte[]> volatileState) implements AutoCloseable {
        /** Overwrites the states. */
        @Override
        public void close() {
            Arrays.fill(permanentState, (byte) 0);
            volatileState.ifPresent(state -> Arrays.fill(state, (byte) 0));
        }

        @Override
        public String toString() {
            return "States[" + permanentState.length + " bytes]";
        }
    }

    /**
     * Reads the files at {@code path}, a state directory or a linear file.
     *
     * @throws StateStoreException if a swtpm that runs has them, or they are not what swtpm writes
     */
    public static SwtpmFiles read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            requireUnused(path, path.resolve(LOCK));
            byte[] permanent = content(path.resolve("tpm2-00.permall"))
                    .orElseThrow(() ->
                            new StateStoreException(path, "has no tpm2-00.permall: no swtpm has kept a TPM 2.0 here"));
            return new SwtpmFiles(path, permanent, content(path.resolve("tpm2-00.volatilestate")));
        }
        requireUnused(path, path);
        byte[] file = content(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
        return linear(path, file);
    }

    /**
     * The states in the files.
     *
     * @param keys what they may be encrypted with: none, or keys of different sizes of which the one with the right size is
     *     taken. Closed by the caller
     * @throws WrongKeyException if none of the keys fits
     */
    public States open(List<SwtpmKey> keys) throws StateStoreException {
        byte[] permanent = open("permanent", permanentBlob, keys);
        if (volatileBlob.isEmpty() || SwtpmBlob.isEmpty(volatileBlob.get())) {
            return new States(permanent, Optional.empty());
        }
        return new States(permanent, Optional.of(open("volatile", volatileBlob.get(), keys)));
    }

    private byte[] open(String kind, byte[] blob, List<SwtpmKey> keys) throws StateStoreException {
        SwtpmBlobException refusal = null;
        for (int i = 0; i < Math.max(1, keys.size()); i++) {
            try {
                return SwtpmBlob.open(blob, keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(i)));
            } catch (SwtpmBlobException e) {
                if (refusal == null || refusal.reason() == Reason.KEY_LENGTH) {
                    refusal = e;
                }
            }
        }
        String line = "the " + kind + " state cannot be read: " + refusal.getMessage();
        throw switch (refusal.reason()) {
            case KEY_MISSING, KEY_LENGTH, NOT_AUTHENTIC -> new WrongKeyException(path, line);
            case VERSION -> new UnknownFormatException(path, line);
            case BROKEN, HEADER_SIZE -> new DamagedFileException(path, line);
        };
    }

    private static SwtpmFiles linear(Path path, byte[] file) throws StateStoreException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < LINEAR_HEADER || in.getLong() != LINEAR_MAGIC) {
            throw new DamagedFileException(path, "is neither a directory nor a linear file of swtpm's");
        }
        int version = Byte.toUnsignedInt(in.get());
        in.get();
        int headerSize = Short.toUnsignedInt(in.getShort());
        if (version != LINEAR_VERSION) {
            throw new UnknownFormatException(
                    path,
                    "is a linear file of version " + version + ", and this release knows version " + LINEAR_VERSION);
        }
        if (headerSize < in.position() + LINEAR_SLOTS * LINEAR_SLOT_SIZE) {
            throw new DamagedFileException(path, "is damaged: its header has " + headerSize + " bytes");
        }
        byte[] permanent = section(path, in, PERMANENT_SLOT)
                .orElseThrow(() -> new StateStoreException(path, "holds no TPM 2.0: no swtpm has kept one here"));
        return new SwtpmFiles(path, permanent, section(path, in, VOLATILE_SLOT));
    }

    private static Optional<byte[]> section(Path path, ByteBuffer file, int slot) throws DamagedFileException {
        int entry = 12 + slot * LINEAR_SLOT_SIZE;
        int offset = file.getInt(entry);
        int length = file.getInt(entry + Integer.BYTES);
        if (offset == 0) {
            return Optional.empty();
        }
        if (offset < LINEAR_HEADER || length < 0 || offset > file.capacity() - length) {
            throw new DamagedFileException(path, "is damaged: a section lies outside of it");
        }
        byte[] blob = new byte[length];
        file.get(offset, blob);
        return Optional.of(blob);
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_FILE + 1);
            if (content.length > LARGEST_FILE) {
                throw new DamagedFileException(file, "is larger than any state");
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** swtpm holds a lock on this file while it runs. */
    private static void requireUnused(Path path, Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new StateStoreException(
                        path, "is in use by a running swtpm; shut its virtual machine down first");
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            // No swtpm of ours has been here, or none that could be asked about.
        }
    }
}
