package dev.vtpmd.daemon.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Where one port of an instance is to be reached. */
public sealed interface Endpoint {
    /** A TCP listener. An unspecified port number (0) lets the kernel choose one. */
    record Tcp(InetSocketAddress address) implements Endpoint {
        /** A listener on the loopback interface. */
        public static Tcp loopback(int port) {
            return new Tcp(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        }
    }

    /**
     * A listener on a unix socket. A socket file that is left over there is replaced.
     *
     * @param path at most 107 bytes; relative paths are legal
     * @param mode permission bits, 0 to 0777
     * @param uid owner of the socket file, if it is to be changed
     * @param gid group of the socket file, if it is to be changed
     */
    record Unix(Path path, int mode, OptionalInt uid, OptionalInt gid) implements Endpoint {
        /** Permission bits of a socket file when nothing else is asked for, swtpm's. */
        public static final int DEFAULT_MODE = 0770;

        /** A unix socket with the default mode. */
        public static Unix at(Path path) {
            return new Unix(path, DEFAULT_MODE, OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /** A listening stream socket that this process inherited, as a descriptor. */
    record Listening(int descriptor) implements Endpoint {}

    /** A connected stream socket that this process inherited, as a descriptor. */
    record Connected(int descriptor) implements Endpoint {}
}
