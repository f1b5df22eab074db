package dev.vtpmd.engine.fuzz;

import dev.vtpmd.engine.conversation.Conversation;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Streams to begin fuzzing with: a recorded boot as a whole, in pieces, and with what a platform does in between; and
 * conversations in which every command succeeds.
 */
final class EventSeeds {
    private static final String TRACE = "/traces/ovmf-linux-boot.txt";
    private static final String COMMAND = "command ";
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final int PIECE = 24;

    private EventSeeds() {}

    static Stream<byte[]> all() {
        List<byte[]> boot = recordedCommands();
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(stream(boot));
        for (int start = 0; start < boot.size(); start += PIECE) {
            seeds.add(afterStartup(boot.subList(start, Math.min(boot.size(), start + PIECE))));
        }
        seeds.add(withPlatformEvents(boot.subList(0, PIECE)));
        for (Conversation conversation : Conversation.values()) {
            seeds.add(withPhysicalPresence(conversation.commands()));
        }
        return seeds.stream();
    }

    private static byte[] afterStartup(List<byte[]> commands) {
        List<byte[]> all = new ArrayList<>();
        all.add(bytes(STARTUP_CLEAR));
        all.addAll(commands);
        return stream(all);
    }

    private static byte[] stream(List<byte[]> commands) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        commands.forEach(command -> command(stream, EventStream.SIZED_COMMAND, command));
        return stream.toByteArray();
    }

    private static byte[] withPlatformEvents(List<byte[]> commands) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(EventStream.HASH_START);
        command(stream, EventStream.HASH_DATA, bytes("616263"));
        stream.write(EventStream.HASH_END);
        command(stream, 3, bytes(STARTUP_CLEAR));
        for (byte[] command : commands) {
            command(stream, EventStream.SIZED_COMMAND + 2, command);
            stream.write(EventStream.SUSPEND_AND_RESUME);
        }
        stream.write(EventStream.STORAGE_FAILS);
        command(stream, 0, bytes(SHUTDOWN_STATE));
        stream.write(EventStream.STORAGE_WORKS);
        command(stream, 0, bytes(SHUTDOWN_STATE));
        stream.write(EventStream.POWER_CYCLE);
        stream.write(EventStream.TIME_PASSES);
        command(stream, 0, bytes(STARTUP_STATE));
        stream.write(EventStream.PHYSICAL_PRESENCE);
        command(stream, 32, bytes("80010000000C0000017B0008"));
        return stream.toByteArray();
    }

    private static byte[] withPhysicalPresence(List<byte[]> commands) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(EventStream.PHYSICAL_PRESENCE);
        stream.writeBytes(stream(commands));
        return stream.toByteArray();
    }

    private static void command(ByteArrayOutputStream stream, int kind, byte[] bytes) {
        stream.write(kind);
        stream.write(bytes.length >> Byte.SIZE);
        stream.write(bytes.length);
        stream.writeBytes(bytes);
    }

    private static List<byte[]> recordedCommands() {
        try (BufferedReader trace = new BufferedReader(
                new InputStreamReader(EventSeeds.class.getResourceAsStream(TRACE), StandardCharsets.US_ASCII))) {
            return trace.lines()
                    .filter(line -> line.startsWith(COMMAND))
                    .map(line -> bytes(line.substring(COMMAND.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
