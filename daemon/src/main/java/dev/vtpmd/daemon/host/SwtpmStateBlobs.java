package dev.vtpmd.daemon.host;

import dev.vtpmd.daemon.device.StateBlobCodec;
import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.store.swtpm.SwtpmBlob;
import dev.vtpmd.store.swtpm.SwtpmBlobException;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.util.Arrays;
import java.util.Optional;

/** States on the control channel in swtpm's form. */
public final class SwtpmStateBlobs implements StateBlobCodec {
    private final Optional<SwtpmKey> fileKey;
    private final Optional<SwtpmKey> migrationKey;

    /** Blobs under swtpm's {@code --key} and {@code --migration-key}. */
    public SwtpmStateBlobs(Optional<SwtpmKey> fileKey, Optional<SwtpmKey> migrationKey) {
        this.fileKey = fileKey;
        this.migrationKey = migrationKey;
    }

    /** Blobs without keys. */
    public static SwtpmStateBlobs plain() {
        return new SwtpmStateBlobs(Optional.empty(), Optional.empty());
    }

    @Override
    public byte[] encode(byte[] state, boolean decrypted) {
        return SwtpmBlob.sealForMigration(state, decrypted ? Optional.empty() : fileKey, migrationKey);
    }

    @Override
    public byte[] decode(byte[] blob) throws StateRefusedException {
        if (SwtpmBlob.isEmpty(blob)) {
            return new byte[0];
        }
        try {
            return SwtpmBlob.openFromMigration(blob, fileKey, migrationKey);
        } catch (SwtpmBlobException e) {
            throw new StateRefusedException(result(e), e.getMessage());
        }
    }

    private static ControlResult result(SwtpmBlobException refusal) {
        return Arrays.stream(ControlResult.values())
                .filter(result -> result.code() == refusal.reason().result())
                .findFirst()
                .orElse(ControlResult.FAIL);
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
