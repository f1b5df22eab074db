package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.security.MessageDigest;
import java.util.Arrays;

/** The hashes over a command or response that HMACs, policies and audits use (Part 1, 18.7 and 18.8). */
final class CommandHashes {
    private static final int UINT16 = 2;

    private final CommandContext command;
    private final byte[] parameters;
    private TpmiAlgHash cpHashAlgorithm = TpmiAlgHash.NULL;
    private byte[] cpHash;

    /** The hashes of {@code command}, whose parameters are still as they were received. */
    CommandHashes(CommandContext command) {
        this.command = command;
        byte[] array = command.reader().array();
        this.parameters = Arrays.copyOfRange(
                array, command.parametersOffset(), command.reader().limit());
    }

    /** cpHash: command code, Names and parameters. */
    byte[] cpHash(TpmiAlgHash hash) {
        if (cpHashAlgorithm != hash) {
            MessageDigest digest = start(hash);
            code(digest);
            names(digest);
            digest.update(parameters);
            cpHash = digest.digest();
            cpHashAlgorithm = hash;
        }
        return cpHash;
    }

    /** nameHash: the Names of all handles. */
    byte[] nameHash(TpmiAlgHash hash) {
        MessageDigest digest = start(hash);
        names(digest);
        return digest.digest();
    }

    /** pHash: command code and parameters. */
    byte[] parametersHash(TpmiAlgHash hash) {
        MessageDigest digest = start(hash);
        code(digest);
        digest.update(parameters);
        return digest.digest();
    }

    /**
     * The digest of the second parameter, a TPM2B, without its size; null if this is not a command that creates an object, or
     * has no such parameter.
     */
    byte[] templateHash(TpmiAlgHash hash) {
        TpmCc code = command.code();
        if (code != TpmCc.CREATE && code != TpmCc.CREATE_PRIMARY && code != TpmCc.CREATE_LOADED) {
            return null;
        }
        int second = UINT16 + size(0);
        int length = size(second);
        if (second + UINT16 + length > parameters.length) {
            return null;
        }
        return command.tpm().digests().digest(hash, parameters, second + UINT16, length);
    }

    /** rpHash: response code (success), command code and response parameters. */
    static byte[] rpHash(CommandContext command, TpmiAlgHash hash, TpmWriter response, int from, int to) {
        MessageDigest digest = command.tpm().digests().start(hash);
        digest.update(new byte[Integer.BYTES]);
        update(digest, command.code().value());
        digest.update(response.array(), from, to - from);
        return digest.digest();
    }

    private int size(int offset) {
        return offset + UINT16 > parameters.length
                ? parameters.length
                : (parameters[offset] & 0xFF) << Byte.SIZE | parameters[offset + 1] & 0xFF;
    }

    private MessageDigest start(TpmiAlgHash hash) {
        return command.tpm().digests().start(hash);
    }

    private void code(MessageDigest digest) {
        update(digest, command.code().value());
    }

    private void names(MessageDigest digest) {
        for (int number = 1; number <= command.handleCount(); number++) {
            digest.update(command.name(number).bytes());
        }
    }

    private static void update(MessageDigest digest, int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte) (value >> shift));
        }
    }
}
