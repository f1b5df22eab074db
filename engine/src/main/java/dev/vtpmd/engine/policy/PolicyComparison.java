package dev.vtpmd.engine.policy;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmEo;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmReader;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A comparison of TPM data with an operand: the parameters of TPM2_PolicyNV, TPM2_PolicyCounterTimer and
 * TPM2_PolicyCapability (Part 2, 6.10; Part 3, 23.9, 23.10 and 23.25).
 *
 * @param operand what to compare with
 * @param offset where in the data the comparison starts, in bytes
 * @param operation the comparison
 */
public record PolicyComparison(Tpm2b operand, int offset, TpmEo operation) {
    /** Reads the three parameters. */
    public static PolicyComparison read(CommandContext command) {
        return new PolicyComparison(
                command.parameter(Tpm2bType.OPERAND::read),
                command.intParameter(TpmReader::u16),
                command.parameter(TpmEo::read));
    }

    /**
     * The digest of the three parameters and of what follows them, which policyDigest is extended with.
     *
     * @param further other parameters of the command, encoded
     */
    public byte[] digest(CommandContext command, Session session, byte... further) {
        byte[] offsetAndOperation = ByteBuffer.allocate(2 * Short.BYTES)
                .putShort((short) offset)
                .putShort((short) operation.value())
                .array();
        return command.tpm().digests().digest(session.hash(), operand.bytes(), offsetAndOperation, further);
    }

    /** Whether it holds for {@code data}, which is long enough. */
    public boolean holds(byte[] data) {
        return holds(operation, Arrays.copyOfRange(data, offset, offset + operand.size()), operand.bytes());
    }

    /**
     * Whether {@code a operation b} holds for two big-endian numbers of equal size. Two empty operands are equal; signed ones
     * are two's complement.
     */
    static boolean holds(TpmEo operation, byte[] a, byte[] b) {
        int signed = compareSigned(a, b);
        int unsigned = Arrays.compareUnsigned(a, b);
        return switch (operation) {
            case EQ -> unsigned == 0;
            case NEQ -> unsigned != 0;
            case SIGNED_GT -> signed > 0;
            case UNSIGNED_GT -> unsigned > 0;
            case SIGNED_LT -> signed < 0;
            case UNSIGNED_LT -> unsigned < 0;
            case SIGNED_GE -> signed >= 0;
            case UNSIGNED_GE -> unsigned >= 0;
            case SIGNED_LE -> signed <= 0;
            case UNSIGNED_LE -> unsigned <= 0;
            case BITSET -> masked(a, b, true);
            case BITCLEAR -> masked(a, b, false);
        };
    }

    private static int compareSigned(byte[] a, byte[] b) {
        if (a.length == 0) {
            return 0;
        }
        boolean differentSigns = (a[0] ^ b[0]) < 0;
        return differentSigns ? Byte.compare(a[0], b[0]) : Arrays.compareUnsigned(a, b);
    }

    private static boolean masked(byte[] a, byte[] mask, boolean set) {
        for (int i = 0; i < mask.length; i++) {
            if ((a[i] & mask[i]) != (set ? mask[i] : 0)) {
                return false;
            }
        }
        return true;
    }
}
