package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.store.swtpm.SwtpmBlob;
import dev.vtpmd.store.swtpm.SwtpmBlobException;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.util.Optional;

/** State blobs as swtpm wraps them, with its optional keys. */
public final class SwtpmStateBlobs implements StateBlobCodec {
    private static final int HEADER_SIZE = 10;

    private final Optional<SwtpmKey> fileKey;
    private final Optional<SwtpmKey> migrationKey;
    private final boolean plainAccepted;

    private SwtpmStateBlobs(Optional<SwtpmKey> fileKey, Optional<SwtpmKey> migrationKey, boolean plainAccepted) {
        this.fileKey = fileKey;
        this.migrationKey = migrationKey;
        this.plainAccepted = plainAccepted;
    }

    /**
     * Blobs under these keys (swtpm's {@code --key} and {@code --migration-key}). As in swtpm, blobs that are not encrypted are
     * accepted too.
     */
    public SwtpmStateBlobs(Optional<SwtpmKey> fileKey, Optional<SwtpmKey> migrationKey) {
        this(fileKey, migrationKey, true);
    }

    /** Blobs under this migration key alone; without one, plain ones. */
    public static SwtpmStateBlobs encryptedWith(Optional<SwtpmKey> migrationKey) {
        return new SwtpmStateBlobs(Optional.empty(), migrationKey, migrationKey.isEmpty());
    }

    @Override
    public byte[] encode(byte[] state, boolean decrypted) {
        return SwtpmBlob.sealForMigration(state, decrypted ? Optional.empty() : fileKey, migrationKey);
    }

    @Override
    public byte[] decode(byte[] blob) throws StateRefusedException {
        try {
            if (!plainAccepted && !SwtpmBlob.isEncryptedForMigration(blob)) {
                throw new StateRefusedException(
                        ControlResult.DECRYPT_ERROR, "state blob: is not encrypted with the migration key");
            }
            return blob.length == HEADER_SIZE && SwtpmBlob.isEmpty(blob)
                    ? new byte[0]
                    : SwtpmBlob.openFromMigration(blob, fileKey, migrationKey);
        } catch (SwtpmBlobException e) {
            throw new StateRefusedException(result(e.reason()), "state blob: " + e.getMessage());
        }
    }

    private static ControlResult result(SwtpmBlobException.Reason reason) {
        return switch (reason) {
            case BROKEN -> ControlResult.BAD_PARAMETER;
            case VERSION -> ControlResult.BAD_VERSION;
            case HEADER_SIZE -> ControlResult.BAD_DATASIZE;
            case KEY_MISSING -> ControlResult.KEY_NOT_FOUND;
            case KEY_LENGTH -> ControlResult.BAD_KEY_PROPERTY;
            case NOT_AUTHENTIC -> ControlResult.DECRYPT_ERROR;
        };
    }

    @Override
    public boolean fileKey() {
        return fileKey.isPresent();
    }

    @Override
    public boolean migrationKey() {
        return migrationKey.isPresent();
    }
}
