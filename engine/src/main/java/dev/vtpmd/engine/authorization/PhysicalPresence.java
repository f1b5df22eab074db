package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.BitSet;
import java.util.List;

/**
 * The commands for which the platform's authorization is not enough: physical presence must be asserted, too (Part 3, 26). The
 * list is permanent. TPM2_PP_Commands, which changes it, is always on it.
 */
public final class PhysicalPresence {
    private static final int FIRST = 0x11F;
    private static final int MAXIMUM = 0x100;

    private final Orderly orderly;
    /** Bit n stands for the command with code {@code FIRST + n}. */
    private final BitSet commands = new BitSet(MAXIMUM);

    /** The list of a new TPM: TPM2_PP_Commands alone. */
    public PhysicalPresence(Orderly orderly) {
        this.orderly = orderly;
        commands.set(TpmCc.PP_COMMANDS.value() - FIRST);
    }

    /** Whether {@code command} needs physical presence where the platform authorizes it. */
    public boolean required(TpmCc command) {
        return commands.get(command.value() - FIRST);
    }

    /** The codes of the commands on the list, ascending. */
    public List<Integer> codes() {
        return commands.stream().map(bit -> FIRST + bit).boxed().toList();
    }

    /** Puts {@code command} on the list. */
    public void add(TpmCc command) {
        commands.set(command.value() - FIRST);
        orderly.bookkeepingChanged();
    }

    /** Takes {@code command} from the list, unless it is TPM2_PP_Commands. */
    public void remove(TpmCc command) {
        if (command != TpmCc.PP_COMMANDS) {
            commands.clear(command.value() - FIRST);
            orderly.bookkeepingChanged();
        }
    }

    /** Stores the list. */
    public void writePermanent(TpmWriter out) {
        out.list(codes(), (code, to) -> to.u32(code));
    }

    /** Restores the list. */
    public void readPermanent(TpmReader in) {
        commands.clear();
        for (int code : in.list(MAXIMUM, TpmReader::u32)) {
            if (TpmCc.of(code) != null) {
                commands.set(code - FIRST);
            }
        }
    }
}
