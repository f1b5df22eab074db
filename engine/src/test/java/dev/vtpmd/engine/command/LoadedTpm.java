package dev.vtpmd.engine.command;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * A TPM after TPM2_Startup(CLEAR) for tests of single commands: objects can be put into it as they are, and its state looked
 * at. Its randomness comes from a seed, and its clock stands at zero.
 */
public final class LoadedTpm {
    private static final int HEADER_DIGITS = 20;
    private static final String PASSWORD = "40000009 0000 01 0000";

    private final AlgorithmProfile profile;
    private final TpmState state;
    private final CommandExecution execution;

    /** A TPM with power that has been started. */
    public LoadedTpm() {
        this("default");
    }

    /** The same with the profile that has this name. */
    public LoadedTpm(String profileName) {
        Random random = new Random(1);
        profile = AlgorithmProfile.named(profileName).orElseThrow();
        state = new TpmState(profile, new Platform(), AsymmetricProvider.jdk(), random::nextBytes, () -> 0);
        execution = new CommandExecution(state, new CommandTable(), command -> {});
        state.pcrs().init();
        send("80010000000C000001440000");
    }

    /** The state. */
    public TpmState state() {
        return state;
    }

    /** Puts an object into the lowest free slot; its handle in hexadecimal digits. */
    public String load(LoadedObject object) {
        return "%08X".formatted(state.objects().add(object));
    }

    /** The parameters of the response to a command without authorizations, all in hexadecimal digits; see {@link #code}. */
    public String run(int code, String handles, String parameters) {
        return parameters(send(command("8001", code, handles, "", parameters)), false);
    }

    /** The same with {@code authorizations} empty passwords. */
    public String run(int code, int authorizations, String handles, String parameters) {
        return parameters(send(command("8002", code, handles, passwords(authorizations), parameters)), true);
    }

    /** The handle in the response to a command with {@code authorizations} empty passwords that returns one. */
    public String start(int code, int authorizations, String handles, String parameters) {
        String response = send(command("8002", code, handles, passwords(authorizations), parameters));
        return response.substring(HEADER_DIGITS, HEADER_DIGITS + 8);
    }

    /** The response code of a command without authorizations. */
    public int code(int code, String handles, String parameters) {
        return codeOf(command("8001", code, handles, "", parameters));
    }

    /** The response code of a command with {@code authorizations} empty passwords. */
    public int code(int code, int authorizations, String handles, String parameters) {
        return codeOf(command("8002", code, handles, passwords(authorizations), parameters));
    }

    /** Sends a whole command; throws the {@link TpmException} that it fails with. */
    public String send(String command) {
        byte[] bytes = HexFormat.of().parseHex(command);
        TpmWriter out = new TpmWriter(4096);
        execution.execute(0, new TpmReader(bytes, profile), out);
        return HexFormat.of().withUpperCase().formatHex(out.toByteArray());
    }

    private int codeOf(String command) {
        try {
            send(command);
            return 0;
        } catch (TpmException e) {
            return e.code();
        }
    }

    private static String passwords(int count) {
        String area = digits(PASSWORD).repeat(count);
        return "%08X".formatted(area.length() / 2) + area;
    }

    private static String command(String tag, int code, String handles, String sessions, String parameters) {
        String rest = digits(handles) + sessions + digits(parameters);
        return tag + "%08X%08X".formatted((HEADER_DIGITS + rest.length()) / 2, code) + rest;
    }

    private static String parameters(String response, boolean sessions) {
        if (!sessions) {
            return response.substring(HEADER_DIGITS);
        }
        int size = Integer.parseUnsignedInt(response.substring(HEADER_DIGITS, HEADER_DIGITS + 8), 16);
        return response.substring(HEADER_DIGITS + 8, HEADER_DIGITS + 8 + 2 * size);
    }

    private static String digits(String hex) {
        return hex.replace(" ", "").toUpperCase(Locale.ROOT);
    }
}
