package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;
import dev.vtpmd.engine.command.object.ObjectCommands;
import dev.vtpmd.engine.crypto.ExportableDigest;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2021-3623 and CVE-2021-3746: libtpms took sizes and indices of a state that was given back to it, among them those of a
 * hash sequence, without checking them, and read and wrote out of bounds. A changed state is refused, or makes a TPM that
 * answers.
 */
class ForgedStateTest {
    private static final byte[] READ_CLOCK = HexFormat.of().parseHex("80010000000A00000181");
    private static final byte[] STARTUP = HexFormat.of().parseHex("80010000000C000001440000");
    /** TPM2_SequenceUpdate with 1,024 bytes, which pass whatever a digest keeps of its data. */
    private static final byte[] UPDATE = HexFormat.of()
            .parseHex("80020000041D0000015C" + "80000001" + "00000009400000090000010000" + "0400" + "61".repeat(1024));

    private final Random random = new Random(1);
    private final TpmPlatform platform = new TpmPlatform(random::nextBytes, () -> 1_000_000, state -> {});
    private byte[] permanent;
    private byte[] volatileState;

    /** A TPM with a key, a hash sequence and a session. */
    @BeforeEach
    void makeStates() {
        TestTpm tpm = TestTpm.started();
        ObjectCommands.createStorageKey(tpm, "40000001");
        ObjectCommands.sendPlain(tpm, "00000186", "0000 000B");
        String body = "40000007 40000007 0010" + "5A".repeat(16) + "0000 00 0010 000B";
        ObjectCommands.sendPlain(tpm, "00000176", body);
        permanent = tpm.tpm().permanentState();
        volatileState = tpm.tpm().volatileState();
    }

    @Test
    void anyChangedByteOfAVolatileStateIsRefusedOrHarmless() throws DamagedStateException {
        int taken = 0;
        for (int i = 0; i < volatileState.length; i++) {
            byte[] changed = volatileState.clone();
            changed[i] ^= (byte) 0xFF;
            taken += resumes(changed) ? 1 : 0;
        }
        assertThat(taken).as("changes of values that may be any").isPositive();
        assertThat(resumes(volatileState)).isTrue();
    }

    @Test
    void anyEndOfAVolatileStateThatIsMissingIsRefusedOrHarmless() throws DamagedStateException {
        for (int length = 0; length < volatileState.length; length++) {
            resumes(Arrays.copyOf(volatileState, length));
        }
        assertThat(resumes(new byte[0])).isFalse();
    }

    @Test
    void anyChangedByteOfAPermanentStateIsRefusedOrHarmless() throws DamagedStateException {
        for (int i = 0; i < permanent.length; i++) {
            byte[] changed = permanent.clone();
            changed[i] ^= (byte) 0xFF;
            starts(changed);
        }
        assertThat(starts(permanent)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void anyChangedByteOfAnUnfinishedDigestIsRefusedOrHarmless(TpmiAlgHash hash) {
        ExportableDigest digest = ExportableDigest.start(hash);
        digest.update(new byte[201]);
        byte[] state = digest.export();
        for (int i = 0; i < state.length; i++) {
            for (int difference : new int[] {0x01, 0x10, 0xFF}) {
                byte[] changed = state.clone();
                changed[i] ^= (byte) difference;
                ExportableDigest restored = restore(hash, changed);
                if (restored != null) {
                    restored.update(new byte[1024]);
                    assertThat(restored.finish()).hasSize(hash.digestSize());
                }
            }
        }
        assertThat(restore(hash, state)).isNotNull();
    }

    private static ExportableDigest restore(TpmiAlgHash hash, byte[] state) {
        try {
            return ExportableDigest.restore(hash, state);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean resumes(byte[] state) throws DamagedStateException {
        Tpm tpm = new Tpm(permanent, platform);
        tpm.powerOn();
        try {
            tpm.resume(state);
        } catch (DamagedStateException e) {
            return false;
        }
        answers(tpm, READ_CLOCK);
        answers(tpm, UPDATE);
        tpm.volatileState();
        return true;
    }

    private boolean starts(byte[] state) {
        try (Tpm tpm = new Tpm(state, platform)) {
            tpm.powerOn();
            answers(tpm, STARTUP);
            answers(tpm, READ_CLOCK);
            return true;
        } catch (DamagedStateException e) {
            return false;
        }
    }

    private static void answers(Tpm tpm, byte[] command) {
        assertThat(tpm.execute(0, command, 0, command.length).position()).isGreaterThanOrEqualTo(10);
        assertThat(tpm.takeFault()).isNull();
    }
}
