package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import static org.assertj.core.api.Assertions.assertThat;

final class DeviceObserverTest {
    /** TPM2_Startup(CLEAR), and TPM2_GetRandom of 8 bytes (Part 3, 9.3 and 16.1). */
    private static final byte[] STARTUP = HexFormat.of().parseHex("80010000000c000001440000");

    private static final byte[] GET_RANDOM = HexFormat.of().parseHex("80010000000c0000017b0008");

    private final List<String> told = new ArrayList<>();
    private final ExecutorService workers = Workers.pool(1);
    private final MemoryStorage storage = new MemoryStorage();
    private Device device;

    private final DeviceObserver observer = new DeviceObserver() {
        @Override
        public void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {
            assertThat(nanoseconds).isPositive();
            told.add("%d: %x -> %x"
                    .formatted(
                            locality,
                            ByteBuffer.wrap(command).getInt(6),
                            ByteBuffer.wrap(response.array()).getInt(6)));
        }

        @Override
        public void switchedOn() {
            told.add("on");
        }

        @Override
        public void switchedOff() {
            told.add("off");
        }
    };

    @BeforeEach
    void make() {
        SecureRandom random = new SecureRandom();
        device = new Device(
                DeviceOptions.observed("test", observer),
                storage,
                new SwtpmStateBlobs(Optional.empty(), Optional.empty()),
                StateHandover.unrestricted(),
                random::nextBytes,
                () -> System.nanoTime() / 1_000_000,
                workers);
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void isToldOfPowerAndOfEachCommandWithItsResponseCode() {
        device.start(StartupMode.INIT).join();
        device.execute(0, GET_RANDOM, GET_RANDOM.length);
        device.execute(3, STARTUP, STARTUP.length);
        device.execute(0, GET_RANDOM, GET_RANDOM.length);
        device.close().join();

        // 0x100 is TPM_RC_INITIALIZE (Part 2, 6.6.3). The TPM is sent TPM2_Shutdown(STATE), 0x145, before it loses
        // power.
        assertThat(told).containsExactly("on", "0: 17b -> 100", "3: 144 -> 0", "0: 17b -> 0", "0: 145 -> 0", "off");
    }

    @Test
    void thePcrBanksAreKnownOnceTheTpmHasPower() {
        assertThat(device.pcrBanks()).isEmpty();
        device.start(StartupMode.INIT).join();

        assertThat(device.pcrBanks().orElseThrow())
                .extracting(Enum::name)
                .containsExactly("SHA1", "SHA256", "SHA384", "SHA512");
        device.close().join();
    }
}
