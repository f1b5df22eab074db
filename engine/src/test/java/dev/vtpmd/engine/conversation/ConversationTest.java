package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.protocol.constant.TpmCc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link Client} checks that each command succeeds, so what is in a conversation is what a TPM takes. */
class ConversationTest {
    private static final int COMMAND_CODE_OFFSET = 6;

    @ParameterizedTest
    @EnumSource
    void takesItsCourse(Conversation conversation) {
        assertThat(conversation.commands()).hasSizeGreaterThan(1);
    }

    @Test
    void everyCommandIsPartOfAConversation() {
        Set<TpmCc> missing = EnumSet.noneOf(TpmCc.class);
        new CommandTable().rows().forEach(row -> missing.add(row.code()));
        for (Conversation conversation : Conversation.values()) {
            for (byte[] command : conversation.commands()) {
                missing.remove(TpmCc.of(ByteBuffer.wrap(command).getInt(COMMAND_CODE_OFFSET)));
            }
        }
        assertThat(missing).isEmpty();
    }
}
