package dev.vtpmd.daemon.host;

import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.WrongKeyException;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class StoredDeviceStateTest {
    private static final Path FILE = Path.of("/state/permanent");

    @Test
    void aWrongKeyIsADecryptionErrorForControlClients() {
        assertThat(refusal(new WrongKeyException(FILE, "is sealed with another key"))
                        .result())
                .isEqualTo(ControlResult.DECRYPT_ERROR);
    }

    @Test
    void aDamagedFileIsAFailureThatNamesTheFile() {
        StateRefusedException refusal = refusal(new DamagedFileException(FILE, "is damaged"));

        assertThat(refusal.result()).isEqualTo(ControlResult.FAIL);
        assertThat(refusal).hasMessage("/state/permanent: is damaged");
    }

    private static StateRefusedException refusal(StateStoreException reason) {
        StoredDeviceState state = new StoredDeviceState(new RefusingStore(reason), StateLock.none());
        return catchThrowableOfType(StateRefusedException.class, state::loadPermanent);
    }

    private record RefusingStore(StateStoreException reason) implements InstanceStore {
        @Override
        public void commit(StateKind kind, byte[] state) throws StateStoreException {
            throw reason;
        }

        @Override
        public Optional<byte[]> load(StateKind kind) throws StateStoreException {
            throw reason;
        }

        @Override
        public void delete(StateKind kind) throws StateStoreException {
            throw reason;
        }

        @Override
        public void close() {}
    }
}
