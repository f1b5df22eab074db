package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.peer.Peer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** All ports of one instance, on one event loop. */
public final class InstancePorts implements AutoCloseable {
    /** As long as the longest command may take. */
    private static final int CLOSE_SECONDS = 10;

    /** More than a machine and tools beside it need. One instance's clients must not use up the descriptors of all. */
    private static final int MOST_CONNECTIONS = 64;

    private final PortConfiguration configuration;
    private final PortEventLoop loop;
    private final Descriptors descriptors;
    private final Connections connections = new Connections();
    private final InstanceContext context;
    private final DataDescriptors dataDescriptors;
    private final List<Listener> listeners = new ArrayList<>();
    private boolean closed;

    /** The ports of {@code device}, not yet open. */
    public InstancePorts(Device device, PortConfiguration configuration, PortListener listener, EventLoops loops) {
        this.configuration = configuration;
        this.loop = loops.next();
        this.descriptors = loops.descriptors();
        this.context = new InstanceContext(device, connections, listener, configuration.exclusive(), loop);
        this.dataDescriptors = new DataDescriptors(context, descriptors);
    }

    /**
     * Opens the ports. Not to be called on an event loop.
     *
     * @throws PortException if one of them cannot be opened; then none is
     */
    public void start() throws PortException {
        try {
            for (Endpoint endpoint : configuration.control()) {
                open(endpoint, this::serveControl);
            }
            for (Endpoint endpoint : configuration.data()) {
                open(endpoint, this::serveData);
            }
            if (configuration.mssim().isPresent()) {
                open(configuration.mssim().get().command(), this::serveMssimCommand);
                open(configuration.mssim().get().platform(), this::serveMssimPlatform);
            }
        } catch (PortException e) {
            close();
            throw e;
        }
    }

    private void open(Endpoint endpoint, Consumer<Channel> serve) throws PortException {
        switch (endpoint) {
            case Endpoint.Tcp tcp -> listeners.add(Listener.tcp(tcp, loop, descriptors, serve));
            case Endpoint.Unix unix -> listeners.add(Listener.unix(unix, loop, descriptors, serve));
            case Endpoint.Listening inherited -> listeners.add(Listener.inherited(inherited, loop, serve));
            case Endpoint.Connected connected -> {
                try {
                    Channel channel = Sockets.connected(connected.descriptor());
                    loop.execute(() -> serve.accept(channel));
                } catch (IOException e) {
                    throw new PortException("cannot use an inherited socket: " + e.getMessage(), e);
                }
            }
        }
    }

    private void serveControl(Channel channel) {
        Socket socket = (Socket) ((UnixChannel) channel).fd();
        Optional<Peer> peer = Optional.empty();
        if (channel instanceof EpollDomainSocketChannel unix) {
            try {
                peer = Optional.of(Peer.of(unix));
            } catch (IOException e) {
                // It is gone already.
                Sockets.closeQuietly(socket.intValue());
                return;
            }
            if (!configuration.admission().admits(peer.get())) {
                context.listener().turnedAway(peer, "it may not connect");
                Sockets.closeQuietly(socket.intValue());
                return;
            }
        }
        if (turnedAway(channel, peer)) {
            return;
        }
        new ControlConnection(socket, peer, context, dataDescriptors).open();
    }

    private void serveData(Channel channel) {
        serve(
                channel,
                socket -> new DataConnection(socket, context, configuration.disconnectAfterResponse(), () -> {}));
    }

    private void serveMssimCommand(Channel channel) {
        serve(channel, socket -> new MssimCommandConnection(socket, context));
    }

    private void serveMssimPlatform(Channel channel) {
        serve(channel, socket -> new MssimPlatformConnection(socket, context));
    }

    private void serve(Channel channel, Function<Socket, CommandConnection> connection) {
        if (!turnedAway(channel, Optional.empty())) {
            connection.apply((Socket) ((UnixChannel) channel).fd()).open();
        }
    }

    /** Whether there is no room for one more client, who is told by the end of the connection. */
    private boolean turnedAway(Channel channel, Optional<Peer> peer) {
        int descriptor = ((UnixChannel) channel).fd().intValue();
        boolean enough = connections.count() >= MOST_CONNECTIONS;
        if (!enough && descriptors.mayUse(descriptor)) {
            return false;
        }
        context.listener()
                .turnedAway(peer, enough ? "there are " + MOST_CONNECTIONS + " connections" : descriptors.reason());
        Sockets.closeQuietly(descriptor);
        return true;
    }

    /**
     * Where the listeners listen, in the order of the configuration: control, data, MSSIM command, MSSIM platform. Of TCP
     * listeners, with the port numbers that the kernel chose.
     */
    public List<SocketAddress> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    /**
     * Gives the files of the unix sockets that are listened on other owners and permissions, those of {@code endpoint}. Not on an
     * event loop.
     */
    public void restrict(Endpoint.Unix endpoint) throws PortException {
        for (Listener listener : listeners) {
            listener.restrict(endpoint);
        }
    }

    /** Closes ports and connections, and removes socket files. Commands that run are still answered. Not on an event loop. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Listener listener : listeners) {
            listener.close();
        }
        listeners.clear();
        try {
            CompletableFuture.supplyAsync(connections::closeAll, loop)
                    .thenCompose(all -> all)
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // A client that takes no answers, or a command that does not end, does not hold up the end of the process.
        }
    }
}
