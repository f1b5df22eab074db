package dev.vtpmd.benchmarks;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
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

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Authorization by an HMAC session with SHA-256 (Part 1, 19.6). */
@State(Scope.Thread)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SessionBenchmark {
    private static final int HEADER_SIZE = 10;
    private static final int NONCE_SIZE = 32;
    private static final int HMAC_OFFSET = HEADER_SIZE + 4 + 4 + 4 + 2 + NONCE_SIZE + 1 + 2;
    private static final byte[] CONTINUE_SESSION = {1};

    /** The authValue of the key, and so the key of the HMAC in a session without a session key. */
    private static final byte[] AUTH_VALUE = BenchmarkTpm.bytes("A1A2A3A4");

    private final BenchmarkTpm tpm = new BenchmarkTpm();
    private final Digests digests = new Digests();
    private final Hmacs hmacs = new Hmacs();
    private final byte[] nonceCaller = new byte[NONCE_SIZE];
    private final byte[] nonceTpm;
    private final byte[] cpHash;
    private final byte[] command;

    /** An HMAC key with an authValue, and an unbound session. */
    public SessionBenchmark() {
        TpmWriter created = tpm.execute(BenchmarkTpm.command(
                "8002",
                "00000131 40000001 00000009 40000009 0000 00 0000"
                        + "0008 0004 A1A2A3A4 0000 0010 0008 000B 00040472 0000 0005 000B 0000 0000 00000000"));
        int key = ByteBuffer.wrap(created.array()).getInt(HEADER_SIZE);
        byte[] name = Arrays.copyOfRange(created.array(), created.position() - 5 - 34, created.position() - 5);
        TpmWriter started = tpm.execute(BenchmarkTpm.command(
                "8001", "00000176 40000007 40000007 0020" + "00".repeat(NONCE_SIZE) + "0000 00 0010 000B"));
        int session = ByteBuffer.wrap(started.array()).getInt(HEADER_SIZE);
        nonceTpm = Arrays.copyOfRange(started.array(), HEADER_SIZE + 6, HEADER_SIZE + 6 + NONCE_SIZE);
        byte[] parameters = BenchmarkTpm.bytes("0020" + "5E".repeat(32) + "0010");
        command = BenchmarkTpm.command(
                "8002",
                "00000155 %08x 00000049 %08x 0020".formatted(key, session) + "00".repeat(NONCE_SIZE) + "01 0020"
                        + "00".repeat(32) + "0020" + "5E".repeat(32) + "0010");
        cpHash = digests.digest(TpmiAlgHash.SHA256, BenchmarkTpm.bytes("00000155"), name, parameters);
    }

    /** TPM2_HMAC of 32 bytes: the TPM checks one HMAC and makes another; two more are what it is asked for and the caller's own. */
    @Benchmark
    public TpmWriter hmacInSession() {
        byte[] mac = hmacs.hmac(TpmiAlgHash.SHA256, AUTH_VALUE, cpHash, nonceCaller, nonceTpm, CONTINUE_SESSION);
        System.arraycopy(mac, 0, command, HMAC_OFFSET, mac.length);
        TpmWriter response = tpm.execute(command);
        // TPM2B_DIGEST outHMAC, then the new nonce.
        System.arraycopy(response.array(), HEADER_SIZE + 4 + 34 + 2, nonceTpm, 0, NONCE_SIZE);
        return response;
    }

    /** One HMAC over what a session's HMAC covers. */
    @Benchmark
    public byte[] hmac() {
        return hmacs.hmac(TpmiAlgHash.SHA256, AUTH_VALUE, cpHash, nonceCaller, nonceTpm, CONTINUE_SESSION);
    }
}
