package dev.vtpmd.engine;

import dev.vtpmd.engine.attachedcomponent.AttachedComponent;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A TPM for tests: its randomness comes from a seed, its clock stands still until a test moves it, and its storage keeps the
 * last commit, or fails while a test says so.
 */
public final class TestTpm {
    private final Random random = new Random(1);
    private final TpmPlatform platform;
    private long milliseconds = 1_000_000;
    private byte[] stored;
    private boolean storageFails;
    private int commits;
    private final List<byte[]> sent = new ArrayList<>();
    private Tpm tpm;

    /** A new TPM with power, waiting for TPM2_Startup. */
    public TestTpm() {
        this("default");
    }

    /** A new TPM with the profile that has this name, and with power, waiting for TPM2_Startup. */
    public TestTpm(String profile) {
        this(profile, List.of());
    }

    private TestTpm(String profile, List<AttachedComponent> attachedComponents) {
        platform = new TpmPlatform(random::nextBytes, this::milliseconds, this::commit, attachedComponents);
        AlgorithmProfile algorithms = AlgorithmProfile.named(profile).orElseThrow();
        stored = Tpm.manufacture(algorithms, algorithms.pcrBanks(), random::nextBytes);
        losePower();
    }

    private TestTpm(byte[] permanentState) {
        platform = new TpmPlatform(random::nextBytes, this::milliseconds, this::commit);
        stored = permanentState;
        losePower();
    }

    /** A TPM with this permanent state, and with power, waiting for TPM2_Startup. */
    public static TestTpm of(byte[] permanentState) {
        return new TestTpm(permanentState);
    }

    /** A new TPM after TPM2_Startup(CLEAR). */
    public static TestTpm started() {
        return started("default");
    }

    /** A new TPM with this profile after TPM2_Startup(CLEAR). */
    public static TestTpm started(String profile) {
        TestTpm tpm = new TestTpm(profile);
        tpm.send("80010000000C000001440000");
        return tpm;
    }

    /** A new TPM with these components attached to it, after TPM2_Startup(CLEAR). */
    public static TestTpm startedWith(AttachedComponent... attachedComponents) {
        TestTpm tpm = new TestTpm("default", List.of(attachedComponents));
        tpm.send("80010000000C000001440000");
        return tpm;
    }

    /** Throws the TPM away and makes one from what was last committed, as after a power failure. */
    public void losePower() {
        try {
            tpm = new Tpm(stored, platform);
        } catch (DamagedStateException e) {
            throw new AssertionError(e);
        }
        tpm.powerOn();
    }

    /** Takes the TPM's states, throws it away, and makes one that goes on where it was, as for a virtual machine that moves. */
    public void suspendAndResume() {
        byte[] permanent = tpm.permanentState();
        byte[] volatileState = tpm.volatileState();
        try {
            tpm = new Tpm(permanent, platform);
            tpm.powerOn();
            tpm.resume(volatileState);
        } catch (DamagedStateException e) {
            throw new AssertionError(e);
        }
    }

    /** Another TPM, in the same state at the same time. What it draws at random is not the same. */
    public TestTpm copy() {
        TestTpm copy = new TestTpm(tpm.permanentState());
        copy.milliseconds = milliseconds;
        copy.losePower();
        try {
            copy.tpm.resume(tpm.volatileState());
        } catch (DamagedStateException e) {
            throw new AssertionError(e);
        }
        return copy;
    }

    /** Sends a command from locality 0; both command and response are in hexadecimal digits, spaces allowed in the command. */
    public String send(String command) {
        return send(0, command);
    }

    /** Sends a command from {@code locality}. */
    public String send(int locality, String command) {
        byte[] bytes = HexFormat.of().parseHex(command.replaceAll("\\s", ""));
        sent.add(bytes.clone());
        TpmWriter response = tpm.execute(locality, bytes, 0, bytes.length);
        Throwable fault = tpm.takeFault();
        if (fault != null) {
            throw new AssertionError("the command met a fault", fault);
        }
        return HexFormat.of().withUpperCase().formatHex(response.toByteArray());
    }

    /** The response code of a command sent from locality 0. */
    public int code(String command) {
        return codeOf(send(command));
    }

    /** The response code in a response. */
    public static int codeOf(String response) {
        return Integer.parseUnsignedInt(response.substring(12, 20), 16);
    }

    /** All commands that were sent as digits. */
    public List<byte[]> sent() {
        return List.copyOf(sent);
    }

    /** The TPM itself. */
    public Tpm tpm() {
        return tpm;
    }

    /** What a platform's hardware does to measure a launch: _TPM_Hash_Start, _Data with these bytes, _End. */
    public void measureLaunch(String data) {
        byte[] bytes = HexFormat.of().parseHex(data);
        tpm.hashStart();
        tpm.hashData(bytes, 0, bytes.length);
        tpm.hashEnd();
    }

    /** Moves the clock. */
    public void pass(long newMilliseconds) {
        milliseconds += newMilliseconds;
    }

    /** Makes every commit fail, or no longer. */
    public void storageFails(boolean fails) {
        storageFails = fails;
    }

    /** Number of commits so far. */
    public int commits() {
        return commits;
    }

    private long milliseconds() {
        return milliseconds;
    }

    private void commit(byte[] state) throws IOException {
        if (storageFails) {
            throw new IOException("no space left");
        }
        stored = state.clone();
        commits++;
    }
}
