package dev.vtpmd.benchmarks;

import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
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

/** Reading of structures. */
@State(Scope.Thread)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {
    private final AlgorithmProfile profile = AlgorithmProfile.named("default").orElseThrow();
    private final byte[] selection = BenchmarkTpm.bytes("00000002 0004 03 FF0000 000B 03 FF0000");
    private final byte[] rsaPublic =
            BenchmarkTpm.bytes("0001 000B 00030072 0000 0006 0080 0043 0010 0800 00000000 0100" + "A5".repeat(256));
    private final TpmReader in = new TpmReader(selection, profile);

    /** A TPML_PCR_SELECTION of two banks. */
    @Benchmark
    public TpmlPcrSelection pcrSelection() {
        in.reset(selection, 0, selection.length);
        return TpmlPcrSelection.read(in);
    }

    /** The TPMT_PUBLIC of an RSA-2048 storage key. */
    @Benchmark
    public TpmtPublic publicArea() {
        in.reset(rsaPublic, 0, rsaPublic.length);
        return TpmtPublic.read(in);
    }
}
