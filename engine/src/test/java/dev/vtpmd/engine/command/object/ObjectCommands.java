package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TestTpm;

import java.util.ArrayList;
import java.util.List;

/** Commands and responses, in hexadecimal digits, that tests of object commands begin with. */
public final class ObjectCommands {
    /** TPM2_CreatePrimary parameters: no auth, an ECC storage key on P-256 with AES-128, no outsideInfo, no PCRs. */
    private static final String STORAGE_KEY_PARAMETERS =
            "0004 0000 0000 001A 0023 000B 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000 0000 00000000";

    private static final String PASSWORD = "00000009 40000009 0000 01 0000";

    private ObjectCommands() {}

    /** Creates an ECC storage key in a hierarchy, such as "40000001", and gives its handle. */
    public static String createStorageKey(TestTpm tpm, String hierarchy) {
        return handle(send(tpm, "00000131", hierarchy + PASSWORD + STORAGE_KEY_PARAMETERS));
    }

    /** Seals "secret" with the authValue "pw" under a parent and gives outPrivate and outPublic with their sizes. */
    public static List<String> seal(TestTpm tpm, String parent) {
        String response = send(
                tpm,
                "00000153",
                parent + PASSWORD
                        + "000C 0002 7077 0006 736563726574 000E 0008 000B 00000052 0000 0010 0000 0000 00000000");
        return sized(response, 28, 2);
    }

    /** Loads an object and gives its handle. */
    public static String load(TestTpm tpm, String parent, List<String> areas) {
        return handle(send(tpm, "00000157", parent + PASSWORD + areas.get(0) + areas.get(1)));
    }

    /** The command that unseals what {@link #seal} sealed. */
    public static String unseal(String handle) {
        return command("8002", "0000015E", handle + "0000000B 40000009 0000 01 0002 7077");
    }

    /** A command with its header. */
    public static String command(String tag, String code, String body) {
        String digits = body.replace(" ", "");
        return tag + "%08X".formatted(10 + digits.length() / 2) + code + digits;
    }

    /** Sends a command with sessions, which must succeed, and gives the response. */
    public static String send(TestTpm tpm, String code, String body) {
        return succeed(tpm, command("8002", code, body));
    }

    /** Sends a command without sessions, which must succeed, and gives the response. */
    public static String sendPlain(TestTpm tpm, String code, String body) {
        return succeed(tpm, command("8001", code, body));
    }

    /** The TPM2Bs with their sizes that stand one after the other in {@code response}, from this digit on. */
    public static List<String> sized(String response, int from, int count) {
        List<String> parts = new ArrayList<>();
        int position = from;
        for (int i = 0; i < count; i++) {
            int size = Integer.parseInt(response.substring(position, position + 4), 16);
            int end = position + 4 + 2 * size;
            parts.add(response.substring(position, end));
            position = end;
        }
        return parts;
    }

    /** The handle in the response. */
    public static String handle(String response) {
        return response.substring(20, 28);
    }

    private static String succeed(TestTpm tpm, String command) {
        String response = tpm.send(command);
        if (TestTpm.codeOf(response) != 0) {
            throw new AssertionError("the command failed: " + response);
        }
        return response;
    }
}
