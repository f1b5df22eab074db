package dev.vtpmd.benchmarks;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A TPM after TPM2_Startup(CLEAR), whose commits cost nothing. */
final class BenchmarkTpm {
    private static final int RESPONSE_CODE_OFFSET = 6;
    private static final int HEADER_SIZE = 10;

    private final Tpm tpm;

    BenchmarkTpm() {
        SecureRandom random = new SecureRandom();
        AlgorithmProfile profile = AlgorithmProfile.named("default").orElseThrow();
        byte[] state = Tpm.manufacture(profile, random::nextBytes);
        TpmPlatform platform =
                new TpmPlatform(random::nextBytes, () -> System.nanoTime() / 1_000_000, permanentState -> {});
        try {
            tpm = new Tpm(state, platform);
        } catch (DamagedStateException e) {
            throw new IllegalStateException(e);
        }
        tpm.powerOn();
        execute(command("8001", "00000144 0000"));
    }

    /** The bytes of hexadecimal digits, with spaces for the eye. */
    static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A command with this tag, its size, and the rest, which begins with the command code. */
    static byte[] command(String tag, String rest) {
        byte[] code = bytes(rest);
        return bytes(tag + "%08x".formatted(2 + Integer.BYTES + code.length) + rest);
    }

    /** The response to {@code command}, which must succeed; valid until the next. */
    TpmWriter execute(byte[] command) {
        TpmWriter response = tpm.execute(0, command, 0, command.length);
        int code = new TpmReader(response.array(), RESPONSE_CODE_OFFSET, Integer.BYTES, null).u32();
        if (code != TpmRc.SUCCESS.value()) {
            throw new IllegalStateException("response code 0x%x".formatted(code));
        }
        return response;
    }

    /** The handle that {@code command} returns. */
    int handle(byte[] command) {
        return new TpmReader(execute(command).array(), HEADER_SIZE, Integer.BYTES, null).u32();
    }
}
