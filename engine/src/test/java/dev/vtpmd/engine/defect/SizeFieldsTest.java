package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.conversation.Conversation;
import dev.vtpmd.engine.fuzz.CheckedTpm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Most memory errors that were found in TPMs come from a size or count in a command that says more or less than there is. Here
 * every command of every conversation is cut at every byte, is made longer, and has every pair of bytes in it, among them all
 * sizes and counts, replaced by the smallest and largest value and by its neighbours. Each time a well-formed response must
 * come, and a TPM that is as it was before if that is a failure.
 */
class SizeFieldsTest {
    private static final int HEADER_SIZE = 10;
    private static final int SIZE_OFFSET = 2;
    private static final int COMMAND_SIZE = 0x142;

    @ParameterizedTest
    @EnumSource
    void aCommandThatIsCutIsRefused(Conversation conversation) {
        forEachCommand(conversation, (copies, command) -> {
            CheckedTpm tpm = copies.get();
            for (int length = HEADER_SIZE; length < command.length; length++) {
                assertThat(tpm.execute(0, sized(Arrays.copyOf(command, length))))
                        .as("%d bytes of %d", length, command.length)
                        .isNotZero();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCommandWithMoreBehindItIsRefused(Conversation conversation) {
        forEachCommand(conversation, (copies, command) -> {
            CheckedTpm tpm = copies.get();
            byte[] longer = Arrays.copyOf(command, command.length + 1);
            assertThat(tpm.execute(0, longer)).isEqualTo(COMMAND_SIZE);
            assertThat(tpm.execute(0, sized(longer))).isNotZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void anyValueOfASizeIsTakenOrRefused(Conversation conversation) {
        forEachCommand(conversation, (copies, command) -> {
            CheckedTpm tpm = copies.get();
            for (int offset = HEADER_SIZE; offset + 1 < command.length; offset++) {
                int value = ByteBuffer.wrap(command).getShort(offset);
                for (int wrong : new int[] {0, 0xFFFF, value + 1, value - 1}) {
                    byte[] changed = command.clone();
                    ByteBuffer.wrap(changed).putShort(offset, (short) wrong);
                    if (tpm.execute(0, changed) == 0) {
                        tpm = copies.get();
                    }
                }
            }
        });
    }

    /** Gives each command of a conversation to {@code test} with a source of TPMs to which it would be said next. */
    private static void forEachCommand(Conversation conversation, BiConsumer<Supplier<CheckedTpm>, byte[]> test) {
        CheckedTpm tpm = new CheckedTpm();
        tpm.physicalPresence();
        for (byte[] command : conversation.commands()) {
            test.accept(tpm::copy, command);
            tpm.execute(0, command);
        }
    }

    private static byte[] sized(byte[] command) {
        ByteBuffer.wrap(command).putInt(SIZE_OFFSET, command.length);
        return command;
    }
}
