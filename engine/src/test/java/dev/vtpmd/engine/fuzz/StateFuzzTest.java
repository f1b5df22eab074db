package dev.vtpmd.engine.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Any bytes as a state that a client gives back: they are refused with {@link DamagedStateException}, or make a TPM that can
 * be started, asked and saved again. The first bit of an input says whether it is a volatile state, for a new TPM's permanent
 * state.
 */
class StateFuzzTest {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final byte[] STARTUP_CLEAR = HexFormat.of().parseHex("80010000000C000001440000");
    private static final byte[] STARTUP_STATE = HexFormat.of().parseHex("80010000000C000001440001");
    private static final byte[] READ_CLOCK = HexFormat.of().parseHex("80010000000A00000181");
    private static final byte VOLATILE = 1;
    private static final byte PERMANENT = 0;

    private final Random random = new Random(1);
    private final TpmPlatform platform = new TpmPlatform(random::nextBytes, () -> 1_000_000, state -> {});

    @MethodSource("states")
    @FuzzTest(maxDuration = "24h")
    void takesOrRefusesAnyState(byte[] input) {
        assertTimeoutPreemptively(LONGEST, () -> take(input));
    }

    static Stream<byte[]> states() {
        TestTpm tpm = TestTpm.started();
        byte[] started = tpm.tpm().permanentState();
        TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH, new byte[0], 8)
                .writeAsOwner("0000000000000000");
        TssSession.policy(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB);
        tpm.send("8001 0000000E 00000162" + "03000000");
        TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.XOR_SHA256);
        tpm.send("8002 00000043 00000131 40000001 00000009 40000009 0000 01 0000 0004 0000 0000"
                + "001A 0023 000B 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000 0000 00000000");
        byte[] volatileState = tpm.tpm().volatileState();
        tpm.send("80010000000C000001450001");
        return Stream.of(
                input(PERMANENT, started),
                input(PERMANENT, tpm.tpm().permanentState()),
                input(VOLATILE, volatileState),
                input(PERMANENT, new byte[0]));
    }

    private void take(byte[] input) {
        byte[] state = new byte[Math.max(0, input.length - 1)];
        System.arraycopy(input, Math.min(1, input.length), state, 0, state.length);
        boolean asVolatile = input.length > 0 && (input[0] & VOLATILE) != 0;
        try (Tpm tpm = taken(state, asVolatile)) {
            for (byte[] command : new byte[][] {READ_CLOCK, STARTUP_STATE, STARTUP_CLEAR, READ_CLOCK}) {
                tpm.execute(0, command, 0, command.length);
                Throwable fault = tpm.takeFault();
                if (fault != null) {
                    throw new AssertionError("a TPM with a state that was taken meets a fault", fault);
                }
            }
            tpm.permanentState();
            tpm.volatileState();
        } catch (DamagedStateException e) {
            // Refused, as most are.
            return;
        }
    }

    private Tpm taken(byte[] state, boolean asVolatile) throws DamagedStateException {
        if (!asVolatile) {
            Tpm tpm = new Tpm(state, platform);
            tpm.powerOn();
            return tpm;
        }
        Tpm tpm = new Tpm(new TestTpm().tpm().permanentState(), platform);
        tpm.powerOn();
        tpm.resume(state);
        return tpm;
    }

    private static byte[] input(byte kind, byte[] state) {
        byte[] input = new byte[1 + state.length];
        input[0] = kind;
        System.arraycopy(state, 0, input, 1, state.length);
        return input;
    }
}
