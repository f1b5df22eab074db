package dev.vtpmd.daemon.device;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One line when the state cannot be stored, however often that is tried, and one when it can. */
class ReportedCommitsTest {
    private static final byte[] STATE = {1, 2, 3};

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReportedCommits.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FullStorage storage = new FullStorage();
    private final ReportedCommits commits = new ReportedCommits("web1", storage, DeviceObserver.NONE);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void saysOnceThatTheStateCannotBeStored() {
        storage.full = true;
        assertThatThrownBy(() -> commits.commit(STATE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> commits.commit(STATE)).isInstanceOf(IOException.class);
        assertThat(log.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[ERROR] web1: its state cannot be stored, so commands that change it fail: disk full");
    }

    @Test
    void saysThatItCanBeStoredAgain() throws Exception {
        storage.full = true;
        assertThatThrownBy(() -> commits.commit(STATE)).isInstanceOf(IOException.class);
        storage.full = false;
        commits.commit(STATE);
        commits.commit(STATE);
        assertThat(storage.memory.loadPermanent()).hasValue(STATE);
        assertThat(log.list)
                .extracting(ILoggingEvent::toString)
                .hasSize(2)
                .endsWith("[INFO] web1: its state can be stored again");
    }

    private static final class FullStorage implements DeviceStorage {
        private final MemoryStorage memory = new MemoryStorage();
        private boolean full;

        @Override
        public void commitPermanent(byte[] state) throws IOException {
            if (full) {
                throw new IOException("disk full");
            }
            memory.commitPermanent(state);
        }

        @Override
        public Optional<byte[]> loadPermanent() {
            return memory.loadPermanent();
        }

        @Override
        public Optional<byte[]> loadVolatile() {
            return memory.loadVolatile();
        }

        @Override
        public void storeVolatile(byte[] state) {
            memory.storeVolatile(state);
        }

        @Override
        public void deleteVolatile() {
            memory.deleteVolatile();
        }

        @Override
        public boolean lock() {
            return memory.lock();
        }

        @Override
        public void unlock() {
            memory.unlock();
        }
    }
}
