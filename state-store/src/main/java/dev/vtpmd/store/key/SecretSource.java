package dev.vtpmd.store.key;

import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.file.FileFailure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where the bytes of a key or passphrase are read from. */
public sealed interface SecretSource {
    /** Longer than any key or passphrase; who points to something else by mistake is told so. */
    int MAXIMUM_SIZE = 4096;

    /** The file that stands for the source, in messages. */
    Path path();

    /**
     * The bytes, 1 to {@value #MAXIMUM_SIZE}; the caller overwrites them after use.
     *
     * @throws HostKeyException if there are none, too many, or others than the owner may read them
     */
    byte[] read() throws IOException;

    /** A file that its owner alone may read. */
    record SecretFile(Path path) implements SecretSource {
        @Override
        public byte[] read() throws IOException {
            try {
                requirePrivate(path, Files.getPosixFilePermissions(path));
            } catch (NoSuchFileException e) {
                throw new HostKeyException(path, "there is no such file");
            }
            return readAll(path);
        }

        private static void requirePrivate(Path file, Set<PosixFilePermission> permissions) throws HostKeyException {
            EnumSet<PosixFilePermission> others = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
            others.retainAll(permissions);
            if (!others.isEmpty()) {
                throw new HostKeyException(
                        file,
                        "is open to others than its owner (" + PosixFilePermissions.toString(permissions)
                                + "); make it private with: chmod 600 " + file);
            }
        }
    }

    /** A file descriptor that this process has inherited, 3 or higher. It can be read once if it is a pipe. */
    record SecretDescriptor(int descriptor) implements SecretSource {
        @Override
        public Path path() {
            return Path.of("/proc/self/fd/" + descriptor);
        }

        @Override
        public byte[] read() throws IOException {
            try {
                return readAll(path());
            } catch (NoSuchFileException e) {
                throw new HostKeyException(path(), "this process has no descriptor " + descriptor);
            }
        }
    }

    /**
     * A credential that systemd hands to its service ({@code LoadCredential=}, {@code LoadCredentialEncrypted=}). systemd
     * sees to who may read it, with an access control list that shows as group permissions.
     */
    record SystemdCredential(Path path) implements SecretSource {
        /**
         * The credential {@code name} of the service with the given environment.
         *
         * @throws HostKeyException if systemd has given this process no credentials
         */
        public static SystemdCredential of(Map<String, String> environment, String name) throws HostKeyException {
            String directory = environment.get("CREDENTIALS_DIRECTORY");
            if (directory == null || directory.isEmpty()) {
                throw new HostKeyException(
                        Path.of(name), "no such credential: CREDENTIALS_DIRECTORY, which systemd sets, is not set");
            }
            return new SystemdCredential(Path.of(directory).resolve(name));
        }

        @Override
        public byte[] read() throws IOException {
            try {
                return readAll(path);
            } catch (NoSuchFileException e) {
                throw new HostKeyException(path, "systemd has given this service no such credential");
            }
        }
    }

    /**
     * A secret that somebody else has read.
     *
     * @param title what stands for it, in messages
     * @param secret taken over: it is overwritten when it has been used
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record GivenSecret(String title, byte[] secret) implements SecretSource {
        @Override
        public Path path() {
            return Path.of(title);
        }

        @Override
        public byte[] read() throws IOException {
            if (secret.length == 0 || secret.length > MAXIMUM_SIZE) {
                throw new HostKeyException(
                        path(), secret.length == 0 ? "is empty" : "is longer than " + MAXIMUM_SIZE + " bytes");
            }
            return secret;
        }

        @Override
        public String toString() {
            return "GivenSecret[" + title + "]";
        }
    }

    private static byte[] readAll(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAXIMUM_SIZE + 1);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new HostKeyException(file, "cannot be read: " + FileFailure.reason(e));
        }
        if (content.length == 0 || content.length > MAXIMUM_SIZE) {
            throw new HostKeyException(
                    file, content.length == 0 ? "is empty" : "is longer than " + MAXIMUM_SIZE + " bytes");
        }
        return content;
    }
}
