package dev.vtpmd.benchmarks;

import dev.vtpmd.protocol.wire.TpmWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Whole commands, from the bytes of the command to those of the response, without the way to and from the TPM. */
@State(Scope.Thread)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandBenchmark {
    private static final String PASSWORD = "00000009 40000009 0000 00 0000 ";
    private static final String ECC_TEMPLATE = "0018 0023 000B 00040472 0000 0010 0018 000B 0003 0010 0000 0000";

    private final BenchmarkTpm tpm = new BenchmarkTpm();

    private final byte[] pcrExtend =
            BenchmarkTpm.command("8002", "00000182 00000010" + PASSWORD + "00000001 000B" + "AB".repeat(32));
    private final byte[] pcrRead = BenchmarkTpm.command("8001", "0000017E 00000001 000B 03 FF0000");
    private final byte[] getRandom = BenchmarkTpm.command("8001", "0000017B 0020");
    private final byte[] hash = BenchmarkTpm.command("8001", "0000017D 0400" + "CD".repeat(1024) + "000B 40000007");
    private final byte[] createPrimary = BenchmarkTpm.command(
            "8002", "00000131 40000001" + PASSWORD + "0004 0000 0000" + ECC_TEMPLATE + "0000 00000000");
    private final byte[] sign = BenchmarkTpm.command(
            "8002",
            "0000015D %08x".formatted(tpm.handle(createPrimary)) + PASSWORD + "0020" + "5E".repeat(32)
                    + "0010 8024 40000007 0000");

    /** SHA-256, PCR 16, a password. */
    @Benchmark
    public TpmWriter pcrExtend() {
        return tpm.execute(pcrExtend);
    }

    /** Eight PCRs. */
    @Benchmark
    public TpmWriter pcrRead() {
        return tpm.execute(pcrRead);
    }

    /** 32 bytes. */
    @Benchmark
    public TpmWriter getRandom() {
        return tpm.execute(getRandom);
    }

    /** SHA-256 of 1 KiB. */
    @Benchmark
    public TpmWriter hash() {
        return tpm.execute(hash);
    }

    /** ECDSA on P-256. */
    @Benchmark
    public TpmWriter sign() {
        return tpm.execute(sign);
    }

    /** A key on P-256, and TPM2_FlushContext. */
    @Benchmark
    public TpmWriter createPrimary() {
        int handle = tpm.handle(createPrimary);
        return tpm.execute(BenchmarkTpm.command("8001", "00000165 %08x".formatted(handle)));
    }
}
