import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures round trips of TPM commands over loopback TCP, of several TPMs in turns, and prints medians and ratios.
 *
 * <p>Usage: {@code CommandLatency warm-up|measure NAME=PORT NAME=PORT...}, where each port takes bare TPM packets. The first
 * name is compared with each of the others. {@code warm-up} only runs every command often enough that a just-in-time
 * compiler has done its work.
 */
final class CommandLatency {
    private static final int ST_NO_SESSIONS = 0x8001;
    private static final int ST_SESSIONS = 0x8002;
    private static final int RH_OWNER = 0x40000001;
    private static final int RS_PW = 0x40000009;
    private static final int NV_INDEX = 0x01500100;

    private CommandLatency() {}

    /** A command to measure: its bytes for the n-th time, and whether it leaves an object in the response's handle. */
    private record Command(String name, int warmUps, int rounds, int perRound, boolean makesObject, Bytes bytes) {}

    @FunctionalInterface
    private interface Bytes {
        byte[] of(Endpoint endpoint, int turn);
    }

    /** One TPM, with the handle of the key that signs its quotes. */
    private static final class Endpoint implements AutoCloseable {
        private final String name;
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private int attestationKey;

        Endpoint(String argument) throws IOException {
            String[] parts = argument.split("=", 2);
            name = parts[0];
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1]));
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        byte[] transmit(byte[] command) throws IOException {
            out.write(command);
            byte[] header = in.readNBytes(10);
            int size = ByteBuffer.wrap(header).getInt(2);
            byte[] response = Arrays.copyOf(header, size);
            in.readFully(response, 10, size - 10);
            return response;
        }

        byte[] execute(byte[] command) throws IOException {
            byte[] response = transmit(command);
            int code = ByteBuffer.wrap(response).getInt(6);
            if (code != 0) {
                throw new IOException(name + " answered 0x%x to command 0x%x"
                        .formatted(code, ByteBuffer.wrap(command).getInt(6)));
            }
            return response;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    public static void main(String[] arguments) throws IOException {
        boolean warmUpOnly = arguments[0].equals("warm-up");
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            endpoints.add(new Endpoint(arguments[i]));
        }
        for (Endpoint endpoint : endpoints) {
            prepare(endpoint);
        }
        for (Command command : COMMANDS) {
            Map<Endpoint, long[]> times = measure(command, endpoints, warmUpOnly);
            if (!warmUpOnly) {
                print(command, times);
            }
        }
        for (Endpoint endpoint : endpoints) {
            flush(endpoint, endpoint.attestationKey);
            endpoint.close();
        }
    }

    private static void prepare(Endpoint endpoint) throws IOException {
        // TPM2_Startup(CLEAR); TPM_RC_INITIALIZE says that it has been done.
        endpoint.transmit(command(ST_NO_SESSIONS, 0x144, "0000"));
        endpoint.attestationKey = ByteBuffer.wrap(endpoint.execute(createPrimary(ATTESTATION_KEY))).getInt(10);
        // TPM2_NV_UndefineSpace, in case an earlier run left it, and TPM2_NV_DefineSpace: 64 bytes, owner may read and write.
        endpoint.transmit(authorised(0x122, new int[] {RH_OWNER, NV_INDEX}, ""));
        endpoint.execute(authorised(0x12a, new int[] {RH_OWNER}, "0000" + "000e" + "01500100" + "000b" + "00020002" + "0000" + "0040"));
    }

    private static Map<Endpoint, long[]> measure(Command command, List<Endpoint> endpoints, boolean warmUpOnly) throws IOException {
        Map<Endpoint, long[]> times = new LinkedHashMap<>();
        int turn = 0;
        for (Endpoint endpoint : endpoints) {
            times.put(endpoint, new long[command.rounds * command.perRound]);
            for (int i = 0; i < (warmUpOnly ? command.warmUps : command.warmUps / 10); i++) {
                time(endpoint, command, turn++);
            }
        }
        for (int round = 0; round < command.rounds && !warmUpOnly; round++) {
            for (Endpoint endpoint : endpoints) {
                for (int i = 0; i < command.perRound; i++) {
                    times.get(endpoint)[round * command.perRound + i] = time(endpoint, command, turn++);
                }
            }
        }
        return times;
    }

    private static long time(Endpoint endpoint, Command command, int turn) throws IOException {
        byte[] bytes = command.bytes.of(endpoint, turn);
        long start = System.nanoTime();
        byte[] response = endpoint.execute(bytes);
        long elapsed = System.nanoTime() - start;
        if (command.makesObject) {
            flush(endpoint, ByteBuffer.wrap(response).getInt(10));
        }
        return elapsed;
    }

    private static void flush(Endpoint endpoint, int handle) throws IOException {
        endpoint.execute(command(ST_NO_SESSIONS, 0x165, "%08x".formatted(handle)));
    }

    private static void print(Command command, Map<Endpoint, long[]> times) {
        StringBuilder line = new StringBuilder("%-26s".formatted(command.name));
        double first = 0;
        for (Map.Entry<Endpoint, long[]> entry : times.entrySet()) {
            long[] sorted = entry.getValue().clone();
            Arrays.sort(sorted);
            double median = sorted[sorted.length / 2] / 1000.0;
            line.append("  %s %9.1f us".formatted(entry.getKey().name, median));
            if (first == 0) {
                first = median;
            } else {
                line.append("  ratio %5.2f".formatted(first / median));
            }
        }
        System.out.println(line);
    }

    /** Command with a tag, a code and the hexadecimal digits of all that follows. */
    private static byte[] command(int tag, int code, String rest) {
        byte[] body = HexFormat.of().parseHex(rest);
        return ByteBuffer.allocate(10 + body.length)
                .putShort((short) tag)
                .putInt(10 + body.length)
                .putInt(code)
                .put(body)
                .array();
    }

    /** Command whose first handle is authorised by an empty password. */
    private static byte[] authorised(int code, int[] handles, String parameters) {
        StringBuilder rest = new StringBuilder();
        for (int handle : handles) {
            rest.append("%08x".formatted(handle));
        }
        return command(ST_SESSIONS, code, rest + "00000009" + "%08x".formatted(RS_PW) + "0000" + "00" + "0000" + parameters);
    }

    /** TPM2_CreatePrimary in the owner hierarchy with no auth value, data or PCRs. */
    private static byte[] createPrimary(String template) {
        return authorised(0x131, new int[] {RH_OWNER}, "0004" + "0000" + "0000" + "%04x".formatted(template.length() / 2) + template
                + "0000" + "00000000");
    }

    /** ECC P-256, restricted signing with ECDSA and SHA-256, exempt from dictionary attack protection. */
    private static final String ATTESTATION_KEY =
            "0023" + "000b" + "00050472" + "0000" + "0010" + "0018" + "000b" + "0003" + "0010" + "0000" + "0000";

    /** ECC P-256 storage key with AES-128-CFB; `unique` differs every time, so that no TPM can know the key already. */
    private static String eccStorageKey(int turn) {
        return "0023" + "000b" + "00030072" + "0000" + "0006" + "0080" + "0043" + "0010" + "0003" + "0010"
                + "0020" + "00".repeat(28) + "%08x".formatted(turn) + "0020" + "00".repeat(32);
    }

    /** RSA-2048 storage key with AES-128-CFB. */
    private static String rsaStorageKey(int turn) {
        return "0001" + "000b" + "00030072" + "0000" + "0006" + "0080" + "0043" + "0010" + "0800" + "00000000"
                + "0100" + "00".repeat(252) + "%08x".formatted(turn);
    }

    private static final List<Command> COMMANDS = List.of(
            new Command("PCR_Extend", 100_000, 100, 100, false, (endpoint, turn) ->
                    authorised(0x182, new int[] {16}, "00000001" + "000b" + "ab".repeat(32))),
            new Command("GetRandom (32 bytes)", 100_000, 100, 100, false, (endpoint, turn) ->
                    command(ST_NO_SESSIONS, 0x17b, "0020")),
            new Command("Quote (ECC P-256)", 5_000, 40, 25, false, (endpoint, turn) ->
                    authorised(0x158, new int[] {endpoint.attestationKey},
                            "0004" + "%08x".formatted(turn) + "0010" + "00000001" + "000b" + "03ff0000")),
            new Command("CreatePrimary (ECC P-256)", 2_000, 20, 20, true, (endpoint, turn) ->
                    createPrimary(eccStorageKey(turn))),
            new Command("CreatePrimary (RSA-2048)", 20, 20, 3, true, (endpoint, turn) ->
                    createPrimary(rsaStorageKey(turn))),
            new Command("NV_Write (64 bytes)", 2_000, 20, 40, false, (endpoint, turn) ->
                    authorised(0x137, new int[] {RH_OWNER, NV_INDEX}, "0040" + "%08x".formatted(turn) + "cd".repeat(60) + "0000")));
}
