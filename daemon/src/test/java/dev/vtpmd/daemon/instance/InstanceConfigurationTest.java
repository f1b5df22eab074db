package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.StartupMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalInt;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class InstanceConfigurationTest {
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static InstanceConfiguration configuration(int mssim, int tcp) {
        return new InstanceConfiguration(
                ID,
                "guest",
                mssim == 0 ? OptionalInt.empty() : OptionalInt.of(mssim),
                tcp == 0 ? OptionalInt.empty() : OptionalInt.of(tcp));
    }

    @Test
    void theStoreGivesBackWhatItWasGiven() {
        InstanceConfiguration configuration = configuration(2321, 4000);

        assertThat(InstanceConfiguration.of(configuration.stored(Custody.NEW))).isEqualTo(configuration);
        assertThat(InstanceConfiguration.of(configuration(0, 0).stored(Custody.NEW)))
                .isEqualTo(configuration(0, 0));
    }

    @Test
    void eachProtocolTakesTwoPorts() {
        assertThat(configuration(2321, 4000).ports()).containsExactly(2321, 2322, 4000, 4001);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_535, 70_000})
    void portsWithoutASuccessorAreRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configuration(port, 0))
                .withMessageContaining("" + port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configuration(0, port))
                .withMessageContaining("" + port);
    }

    @ParameterizedTest
    @ValueSource(ints = {3999, 4000, 4001})
    void overlappingPortsAreRefused(int mssim) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configuration(mssim, 4000))
                .withMessageContaining("overlap");
    }

    @ParameterizedTest
    @CsvSource({"0,0,NEED_INIT", "2321,0,INIT", "0,4000,STARTUP_CLEAR", "2321,4000,STARTUP_CLEAR"})
    void theTpmIsAsItsClientsExpectIt(int mssim, int tcp, StartupMode startup) {
        assertThat(configuration(mssim, tcp).startup()).isEqualTo(startup);
    }
}
