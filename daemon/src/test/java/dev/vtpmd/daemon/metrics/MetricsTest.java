package dev.vtpmd.daemon.metrics;

import dev.vtpmd.daemon.device.DeviceObserver;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

final class MetricsTest {
    private static final byte[] GET_RANDOM = HexFormat.of().parseHex("80010000000c0000017b0008");
    private static final byte[] PCR_EXTEND = HexFormat.of().parseHex("80020000000a00000182");
    private static final byte[] VENDOR = HexFormat.of().parseHex("80010000000a20000001");

    private final Metrics metrics = new Metrics(List.of("on", "off"));
    private final DeviceObserver observer = metrics.observer();

    @AfterEach
    void close() {
        metrics.close();
    }

    private static TpmWriter response(int code) {
        TpmWriter response = new TpmWriter(10);
        response.u16(0x8001);
        response.u32(10);
        response.u32(code);
        return response;
    }

    private List<String> lines() {
        return new String(metrics.text(Map.of("on", 3L)), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void commandsAreCountedByCodeAndResult() {
        observer.executed(0, GET_RANDOM, 12, response(0), 2_000);
        observer.executed(0, GET_RANDOM, 12, response(0), 20_000);
        // TPM_RC_VALUE of parameter 1, of parameter 2, and TPM_RC_BAD_AUTH of session 1 (Part 2, 6.6.3).
        observer.executed(0, PCR_EXTEND, 10, response(0x1C4), 1);
        observer.executed(0, PCR_EXTEND, 10, response(0x2C4), 1);
        observer.executed(0, PCR_EXTEND, 10, response(0x9A2), 1);

        assertThat(lines())
                .contains(
                        "vtpmd_commands_total{command=\"GET_RANDOM\",result=\"SUCCESS\"} 2.0",
                        "vtpmd_commands_total{command=\"PCR_EXTEND\",result=\"VALUE\"} 2.0",
                        "vtpmd_commands_total{command=\"PCR_EXTEND\",result=\"BAD_AUTH\"} 1.0");
    }

    @Test
    void whatAGuestMakesUpBecomesOneCodeAndOneResult() {
        observer.executed(0, VENDOR, 10, response(0x143), 1);
        observer.executed(0, GET_RANDOM, 3, response(0x142), 1);
        observer.executed(0, GET_RANDOM, 12, response(0x7FFFFFFF), 1);

        assertThat(lines())
                .contains(
                        "vtpmd_commands_total{command=\"OTHER\",result=\"COMMAND_CODE\"} 1.0",
                        "vtpmd_commands_total{command=\"OTHER\",result=\"COMMAND_SIZE\"} 1.0",
                        "vtpmd_commands_total{command=\"GET_RANDOM\",result=\"OTHER\"} 1.0");
    }

    @Test
    void latenciesAreInHistograms() {
        observer.executed(0, GET_RANDOM, 12, response(0), 2_000);
        observer.executed(0, GET_RANDOM, 12, response(0), 2_000_000_000L);

        assertThat(lines())
                .contains(
                        "vtpmd_command_duration_seconds_bucket{command=\"GET_RANDOM\",le=\"1.0E-6\"} 0",
                        "vtpmd_command_duration_seconds_bucket{command=\"GET_RANDOM\",le=\"2.5E-6\"} 1",
                        "vtpmd_command_duration_seconds_bucket{command=\"GET_RANDOM\",le=\"2.5\"} 2",
                        "vtpmd_command_duration_seconds_count{command=\"GET_RANDOM\"} 2",
                        "vtpmd_command_duration_seconds_sum{command=\"GET_RANDOM\"} 2.000002");
    }

    @Test
    void commitsHaveTimesAndSizes() {
        observer.committed(3000, 700_000, true);
        observer.committed(3000, 700_000, false);

        assertThat(lines())
                .contains(
                        "vtpmd_commit_duration_seconds_bucket{result=\"stored\",le=\"5.0E-4\"} 0",
                        "vtpmd_commit_duration_seconds_bucket{result=\"stored\",le=\"0.001\"} 1",
                        "vtpmd_commit_duration_seconds_count{result=\"failed\"} 1",
                        "vtpmd_commit_size_bytes_bucket{le=\"4096.0\"} 1",
                        "vtpmd_commit_size_bytes_count 1");
    }

    @Test
    void instancesAreCountedByState() {
        assertThat(lines()).contains("vtpmd_instances{state=\"on\"} 3.0", "vtpmd_instances{state=\"off\"} 0.0");
    }

    @Test
    void theProcessIsThereToo() {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
                .anyMatch(line -> line.startsWith("process_files_open_files "));
    }

    @Test
    void countingACommandAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        TpmWriter success = response(0);
        TpmWriter failure = response(0x1C4);
        for (int i = 0; i < 20_000; i++) {
            observer.executed(0, GET_RANDOM, 12, success, i);
            observer.executed(0, GET_RANDOM, 12, failure, i);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            observer.executed(0, GET_RANDOM, 12, success, i);
            observer.executed(0, GET_RANDOM, 12, failure, i);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        // Micrometer's time windows make a few objects now and then, never for each command.
        assertThat(bytes).as("bytes for 200,000 commands").isLessThan(200_000);
    }
}
