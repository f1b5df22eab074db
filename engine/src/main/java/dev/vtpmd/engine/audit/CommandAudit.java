package dev.vtpmd.engine.audit;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * Which commands are audited, and the digest over those that were executed (Part 1, 32). The list, its hash algorithm and the
 * counter of digests are permanent; the digest lasts until a TPM Reset, or until it is attested.
 *
 * <p>The first command of a digest counts it, which must be stored before the command is answered: {@link #begin} comes between
 * a command's action and its commit, {@link #extend} when the response is complete.
 */
public final class CommandAudit {
    private static final int FIRST = 0x11F;
    private static final int MAXIMUM = 0x100;
    private static final int LARGEST_DIGEST = 64;

    private final Digests digests;
    private final Orderly orderly;
    /** Bit n stands for the command with code {@code FIRST + n}. */
    private final BitSet commands = new BitSet(MAXIMUM);

    private TpmiAlgHash hash;
    private long counter;
    private Tpm2b digest = Tpm2b.EMPTY;
    private boolean hashChanged;

    /** The audit of a new TPM: of TPM2_SetCommandCodeAuditStatus alone, with {@code hash}. */
    public CommandAudit(TpmiAlgHash hash, Digests digests, Orderly orderly) {
        this.hash = hash;
        this.digests = digests;
        this.orderly = orderly;
        commands.set(TpmCc.SET_COMMAND_CODE_AUDIT_STATUS.value() - FIRST);
    }

    /** Whether {@code command} is audited. */
    public boolean audits(TpmCc command) {
        return commands.get(command.value() - FIRST);
    }

    /** Whether {@code command} would be the first of a digest, and count it. */
    public boolean counts(TpmCc command) {
        return digest.isEmpty() && audits(command);
    }

    /**
     * Whether stable storage must be writable for {@code command} to be audited. That is so for
     * TPM2_GetCommandAuditDigest in any case, for it may end a digest that it then has to begin again.
     */
    public boolean needsNv(TpmCc command) {
        if (!audits(command)) {
            return false;
        }
        boolean attests = command == TpmCc.GET_COMMAND_AUDIT_DIGEST;
        return digest.isEmpty() || attests || orderly.shutdown() != ShutdownKind.NONE;
    }

    /** The hash algorithm of the audit. */
    public TpmiAlgHash hash() {
        return hash;
    }

    /**
     * Changes the hash algorithm, which ends the digest. The command that does this is not audited (Part 3, 21.2).
     *
     * @param newHash not NULL
     */
    public void hash(TpmiAlgHash newHash) {
        hash = newHash;
        digest = Tpm2b.EMPTY;
        hashChanged = true;
        orderly.bookkeepingChanged();
    }

    /** Number of digests that were begun, 64 bits. */
    public long counter() {
        return counter;
    }

    /** The digest, as long as one of {@link #hash()}; empty if no command was audited since the last one ended. */
    public Tpm2b digest() {
        return digest;
    }

    /** Ends the digest, since a signature has attested it. */
    public void attested() {
        digest = Tpm2b.EMPTY;
        orderly.savedStateChanged();
    }

    /** The codes of the commands that are audited, ascending. */
    public List<Integer> codes() {
        return commands.stream().map(bit -> FIRST + bit).boxed().toList();
    }

    /** The digest of {@link #codes()}, 32 bits each. */
    public Tpm2b codesDigest() {
        ByteBuffer concatenated = ByteBuffer.allocate(commands.cardinality() * Integer.BYTES);
        codes().forEach(concatenated::putInt);
        return Tpm2b.wrap(digests.digest(hash, concatenated.array()));
    }

    /** Audits {@code command} from now on. TPM2_Shutdown cannot be: what it saves would not contain it. */
    public void add(TpmCc command) {
        if (command != TpmCc.SHUTDOWN) {
            commands.set(command.value() - FIRST);
            orderly.bookkeepingChanged();
        }
    }

    /** Audits {@code command} no longer. TPM2_SetCommandCodeAuditStatus always is. */
    public void remove(TpmCc command) {
        if (command != TpmCc.SET_COMMAND_CODE_AUDIT_STATUS) {
            commands.clear(command.value() - FIRST);
            orderly.bookkeepingChanged();
        }
    }

    /**
     * Called when the action of {@code command} has succeeded, before the commit: begins a digest if there is none. A command
     * that is audited after TPM2_Shutdown(STATE) ends the orderly state; otherwise a TPM Resume would forget it.
     *
     * @return whether the command is to be recorded with {@link #extend}
     */
    public boolean begin(TpmCc command) {
        boolean excepted = hashChanged;
        hashChanged = false;
        if (excepted || !audits(command)) {
            return false;
        }
        if (digest.isEmpty()) {
            digest = Tpm2b.zeros(hash.digestSize());
            counter++;
            orderly.permanentStateChanged();
        } else {
            orderly.savedStateChanged();
        }
        return true;
    }

    /** Records a command: its cpHash and the rpHash of its response, both made with {@link #hash()}. */
    public void extend(byte[] cpHash, byte[] rpHash) {
        digest = Tpm2b.wrap(digests.digest(hash, digest.bytes(), cpHash, rpHash));
    }

    /** What TPM2_Startup does to the audit (Part 3, 9.3). */
    public void startup(StartupKind kind) {
        if (kind == StartupKind.RESET) {
            digest = Tpm2b.EMPTY;
        }
    }

    /** What TPM2_Clear does to the audit (Part 3, 24.6). */
    public void clear() {
        counter = 0;
        orderly.permanentStateChanged();
    }

    /** Stores the algorithm, the counter and the list. */
    public void writePermanent(TpmWriter out) {
        out.u16(hash.value());
        out.u64(counter);
        out.list(codes(), (code, to) -> to.u32(code));
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        hash = TpmiAlgHash.read(in);
        counter = in.u64();
        commands.clear();
        for (int code : in.list(MAXIMUM, TpmReader::u32)) {
            if (TpmCc.of(code) != null) {
                commands.set(code - FIRST);
            }
        }
    }

    /** Stores the digest. */
    public void writeVolatile(TpmWriter out) {
        digest.write(out);
    }

    /** Restores the digest. */
    public void readVolatile(TpmReader in) {
        digest = Tpm2b.read(in, LARGEST_DIGEST);
    }
}
