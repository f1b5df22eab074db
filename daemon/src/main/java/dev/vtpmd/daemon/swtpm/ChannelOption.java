package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.port.Endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code --ctrl}, or {@code --server} and what stands for it: one of the two channels.
 *
 * @param endpoint where clients reach it
 * @param disconnect whether a connection is closed after every response
 * @param terminate whether the process ends with a connection
 */
record ChannelOption(Endpoint endpoint, boolean disconnect, boolean terminate) {
    private static final Set<String> COMMON =
            Set.of("type", "port", "bindaddr", "ifname", "fd", "path", "mode", "uid", "gid");
    private static final int HIGHEST_PORT = 65_535;
    /** Longer paths do not fit in a sockaddr_un (unix(7)). */
    private static final int LONGEST_PATH = 107;

    static ChannelOption control(String text) throws UsageException {
        ValueList values = new ValueList("ctrl", text, with(Set.of("clientfd", "terminate")));
        String type = values.choice("type", Set.of("unixio", "tcp"))
                .orElseThrow(() -> values.refused("type=unixio or type=tcp is needed"));
        OptionalInt listening = descriptor(values, "fd");
        OptionalInt connected = descriptor(values, "clientfd");
        Endpoint endpoint;
        if (listening.isPresent()) {
            endpoint = new Endpoint.Listening(listening.getAsInt());
        } else if (connected.isPresent()) {
            endpoint = new Endpoint.Connected(connected.getAsInt());
        } else {
            endpoint = type.equals("tcp") ? tcp(values, OptionalInt.empty()) : unix(values);
        }
        return new ChannelOption(endpoint, false, values.flag("terminate", false));
    }

    static ChannelOption server(String text, Map<String, String> environment) throws UsageException {
        ValueList values = new ValueList("server", text, with(Set.of("disconnect")));
        boolean tcp =
                values.choice("type", Set.of("unixio", "tcp")).orElse("tcp").equals("tcp");
        OptionalInt descriptor = descriptor(values, "fd");
        boolean disconnect = values.flag("disconnect", false);
        if (descriptor.isPresent() && tcp) {
            return new ChannelOption(new Endpoint.Connected(descriptor.getAsInt()), disconnect, true);
        }
        if (descriptor.isPresent()) {
            return new ChannelOption(new Endpoint.Listening(descriptor.getAsInt()), disconnect, false);
        }
        return new ChannelOption(tcp ? tcp(values, port(environment)) : unix(values), disconnect, false);
    }

    /** {@code --port}. */
    static ChannelOption port(String text) throws UsageException {
        ValueList values = new ValueList("port", "port=" + text, Set.of("port"));
        return new ChannelOption(Endpoint.Tcp.loopback(tcpPort(values).orElseThrow()), true, false);
    }

    /** {@code --fd}. */
    static ChannelOption descriptor(String text) throws UsageException {
        ValueList values = new ValueList("fd", "fd=" + text, Set.of("fd"));
        return new ChannelOption(new Endpoint.Connected(descriptor(values, "fd").orElseThrow()), false, true);
    }

    private static Set<String> with(Set<String> more) {
        Set<String> keys = new HashSet<>(COMMON);
        keys.addAll(more);
        return keys;
    }

    private static OptionalInt descriptor(ValueList values, String key) throws UsageException {
        OptionalInt number = values.number(key, Integer.MAX_VALUE);
        if (number.isPresent() && number.getAsInt() < 3) {
            throw values.refused(key + "=" + number.getAsInt() + " is not a socket to be inherited");
        }
        return number;
    }

    private static OptionalInt port(Map<String, String> environment) throws UsageException {
        String port = environment.get("TPM_PORT");
        return port == null ? OptionalInt.empty() : tcpPort(new ValueList("server", "port=" + port, Set.of("port")));
    }

    private static OptionalInt tcpPort(ValueList values) throws UsageException {
        OptionalInt port = values.number("port", HIGHEST_PORT);
        if (port.isPresent() && port.getAsInt() == 0) {
            throw values.refused("port 0 cannot be used");
        }
        return port;
    }

    private static Endpoint tcp(ValueList values, OptionalInt otherwise) throws UsageException {
        OptionalInt given = tcpPort(values);
        OptionalInt port = given.isPresent() ? given : otherwise;
        if (port.isEmpty()) {
            throw values.refused("a port or a fd is needed");
        }
        String address = values.text("bindaddr").orElse("127.0.0.1");
        Optional<String> scope = values.text("ifname").filter(name -> address.contains(":"));
        try {
            InetAddress resolved = InetAddress.getByName(
                    scope.map(name -> address + "%" + name).orElse(address));
            return new Endpoint.Tcp(new InetSocketAddress(resolved, port.getAsInt()));
        } catch (UnknownHostException e) {
            throw values.refused("'" + address + "' is not an address of this machine");
        }
    }

    private static Endpoint unix(ValueList values) throws UsageException {
        Path path = values.path("path").orElseThrow(() -> values.refused("a path or a fd is needed"));
        if (path.toString().length() > LONGEST_PATH) {
            throw values.refused("the path is longer than " + LONGEST_PATH + " bytes");
        }
        return new Endpoint.Unix(
                path,
                values.mode("mode").orElse(Endpoint.Unix.DEFAULT_MODE),
                AccountOptions.user(values, "uid"),
                AccountOptions.group(values, "gid"));
    }
}
