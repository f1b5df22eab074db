package dev.vtpmd.engine;

import dev.vtpmd.engine.tss.TssNvIndex;

import static org.assertj.core.api.Assertions.assertThat;

/** An NV index under dictionary attack protection (Part 1, 19.8), to guess at, in a TPM whose power fails. */
public final class ProtectedIndex {
    /** What the index answers to a wrong authValue, and while the TPM is locked out. */
    public static final int AUTH_FAIL_OF_SESSION_1 = 0x98E;

    public static final int LOCKOUT = 0x921;

    private static final byte[] RIGHT = {'r'};
    private static final byte[] WRONG = {'w'};

    private final TestTpm tpm;
    private final TssNvIndex index;

    /** Defines the index and writes it. */
    public ProtectedIndex(TestTpm tpm) {
        this.tpm = tpm;
        this.index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH, RIGHT, 8);
        index.writeAsOwner("0000000000000000");
    }

    /** Reads it with its authValue; the response code. */
    public int useRightly() {
        return index.read().password(RIGHT).code(tpm);
    }

    /** Tries to read it with another authValue; the response code. */
    public int guess() {
        return index.read().password(WRONG).code(tpm);
    }

    /** What the owner reads. */
    public String readAsOwner() {
        return index.readAsOwner();
    }

    /** Cuts the power, and starts the TPM again. */
    public void cutPower() {
        tpm.losePower();
        assertThat(tpm.code("80010000000C000001440000"))
                .as("TPM2_Startup(CLEAR)")
                .isZero();
    }
}
