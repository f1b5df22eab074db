package dev.vtpmd.store.key;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * How a passphrase becomes the host key: Argon2id (RFC 9106), with a salt and costs that are kept in the state directory,
 * twice, since the states are lost without them. The file is text: the parameters in the PHC string format, and on a second
 * line their CRC-32C in hexadecimal. A state directory keeps its salt for good, also when its passphrase changes.
 *
 * @param memory in KiB
 * @param iterations passes over the memory
 * @param lanes degree of parallelism
 * @param salt 16 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PassphraseParameters(int memory, int iterations, int lanes, byte[] salt) {
    private static final Logger LOG = LoggerFactory.getLogger(PassphraseParameters.class);
    private static final String[] FILE_NAMES = {"passphrase.0", "passphrase.1"};
    private static final int SALT_SIZE = 16;
    // The limits keep a changed file from taking the host's memory; they are far above what anybody would choose.
    private static final int MAXIMUM_MEMORY = 4 << 20;
    private static final int MAXIMUM_ITERATIONS = 1000;
    private static final int MAXIMUM_LANES = 64;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})\\$([A-Za-z0-9+/]{22})");

    /** The costs that RFC 9106, 4, recommends where memory is limited (64 MiB, 3 passes, 4 lanes), and a fresh salt. */
    static PassphraseParameters fresh(SecureRandom random) {
        byte[] salt = new byte[SALT_SIZE];
        random.nextBytes(salt);
        return new PassphraseParameters(64 << 10, 3, 4, salt);
    }

    static PassphraseParameters loadOrCreate(StateFiles files, Path directory, boolean first) throws IOException {
        DamagedFileException damage = null;
        for (String name : FILE_NAMES) {
            Path file = directory.resolve(name);
            try {
                PassphraseParameters parameters = parse(file, files.read(file, SecretSource.MAXIMUM_SIZE));
                if (damage != null) {
                    LOG.warn("{}; going on with {}", damage.getMessage(), name);
                }
                return parameters;
            } catch (NoSuchFileException e) {
                damage = damage == null ? new DamagedFileException(file, "is missing") : damage;
            } catch (DamagedFileException e) {
                damage = damage == null ? e : damage;
            }
        }
        if (!first) {
            throw damage;
        }
        PassphraseParameters parameters = fresh(new SecureRandom());
        for (String name : FILE_NAMES) {
            ReplacedFile.write(
                    files, directory.resolve(name), directory.resolve("passphrase.new"), parameters.encode());
        }
        return parameters;
    }

    /** The key for {@code passphrase}. */
    SealingKey derive(byte[] passphrase) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[SealingKey.SIZE];
        generator.generateBytes(passphrase, key);
        try {
            return new SealingKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    byte[] encode() {
        String text = "$argon2id$v=19$m=" + memory + ",t=" + iterations + ",p=" + lanes + "$"
                + Base64.getEncoder().withoutPadding().encodeToString(salt);
        return (text + "\n" + checksum(text) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static PassphraseParameters parse(Path file, byte[] content) throws DamagedFileException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String parameters = text.lines().findFirst().orElse("");
        Matcher matcher = PHC.matcher(parameters);
        if (!matcher.matches() || !text.equals(parameters + "\n" + checksum(parameters) + "\n")) {
            throw new DamagedFileException(file, "is damaged: it does not hold intact Argon2id parameters");
        }
        int memory = Integer.parseInt(matcher.group(1));
        int iterations = Integer.parseInt(matcher.group(2));
        int lanes = Integer.parseInt(matcher.group(3));
        if (lanes < 1
                || lanes > MAXIMUM_LANES
                || memory < 8 * lanes
                || memory > MAXIMUM_MEMORY
                || iterations < 1
                || iterations > MAXIMUM_ITERATIONS) {
            throw new DamagedFileException(file, "holds Argon2id parameters out of range");
        }
        return new PassphraseParameters(
                memory, iterations, lanes, Base64.getDecoder().decode(matcher.group(4)));
    }

    private static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
