package dev.vtpmd.store.key;

import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** Where the host key comes from: the key that seals the data keys of all instances of a state directory. */
public sealed interface HostKeySource {
    /**
     * The host key; the caller closes it.
     *
     * @param stateDirectory the directory that it is for
     * @param first whether this directory has not been used before, so that a key or parameters may be made up for it
     * @throws HostKeyException if the source gives no usable key
     */
    SealingKey load(StateFiles files, Path stateDirectory, boolean first) throws IOException;

    /** A key that is given: 32 bytes, or 64 hexadecimal digits and maybe a line end. */
    record GivenKey(SecretSource source) implements HostKeySource {
        @Override
        public SealingKey load(StateFiles files, Path stateDirectory, boolean first) throws IOException {
            return read();
        }

        /**
         * The key, which need not be a host key; the caller closes it.
         *
         * @throws HostKeyException if the source gives no usable key
         */
        public SealingKey read() throws IOException {
            return parse(source.path(), source.read());
        }

        private static SealingKey parse(Path file, byte[] content) throws HostKeyException {
            byte[] key = content.length == SealingKey.SIZE ? content : parseHexadecimal(content);
            try {
                if (key.length != SealingKey.SIZE) {
                    throw new HostKeyException(file, "is no host key: 32 bytes or 64 hexadecimal digits are expected");
                }
                return new SealingKey(key);
            } finally {
                Arrays.fill(key, (byte) 0);
                Arrays.fill(content, (byte) 0);
            }
        }

        private static byte[] parseHexadecimal(byte[] content) {
            int length = content.length;
            while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
                length--;
            }
            byte[] key = new byte[length / 2];
            for (int i = 0; i < length; i++) {
                if (length % 2 != 0 || !HexFormat.isHexDigit(content[i])) {
                    return new byte[0];
                }
                key[i / 2] = (byte) (key[i / 2] << 4 | HexFormat.fromHexDigit(content[i]));
            }
            return key;
        }
    }

    /** A passphrase, from which Argon2id makes the key; a line end after it does not count. */
    record Passphrase(SecretSource source) implements HostKeySource {
        @Override
        public SealingKey load(StateFiles files, Path stateDirectory, boolean first) throws IOException {
            byte[] content = source.read();
            int length = content.length;
            if (content[length - 1] == '\n') {
                length--;
            }
            byte[] passphrase = Arrays.copyOf(content, length);
            try {
                if (length == 0) {
                    throw new HostKeyException(source.path(), "holds an empty passphrase");
                }
                return PassphraseParameters.loadOrCreate(files, stateDirectory, first)
                        .derive(passphrase);
            } finally {
                Arrays.fill(passphrase, (byte) 0);
                Arrays.fill(content, (byte) 0);
            }
        }
    }

    /** A key that the service has made up itself at its first start and keeps in the state directory. */
    record KeptBesideState() implements HostKeySource {
        private static final String FILE_NAME = "host.key";
        private static final Logger LOG = LoggerFactory.getLogger(HostKeySource.class);

        @Override
        public SealingKey load(StateFiles files, Path stateDirectory, boolean first) throws IOException {
            Path file = stateDirectory.resolve(FILE_NAME);
            if (!files.exists(file)) {
                if (!first) {
                    throw new HostKeyException(
                            file, "is missing; without a host key the instances of this directory cannot be opened");
                }
                generate(files, file);
            }
            return new GivenKey(new SecretSource.SecretFile(file)).load(files, stateDirectory, first);
        }

        private static void generate(StateFiles files, Path file) throws IOException {
            try (SealingKey key = SealingKey.generate(new SecureRandom())) {
                byte[] bytes = key.export();
                byte[] text = (HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
                ReplacedFile.write(files, file, file.resolveSibling(FILE_NAME + ".new"), text);
                Arrays.fill(bytes, (byte) 0);
                Arrays.fill(text, (byte) 0);
            }
            LOG.warn(
                    "{}: made a new host key; it lies beside the states that it protects, so who can copy this directory "
                            + "can read them: keep the key elsewhere and give it with --key-file",
                    file);
        }
    }
}
