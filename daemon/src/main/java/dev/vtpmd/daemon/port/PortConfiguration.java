package dev.vtpmd.daemon.port;

import java.util.List;
import java.util.Optional;

/**
 * The ports of one instance.
 *
 * @param control where swtpm's control channel is reached
 * @param data where swtpm's data channel is reached, beside the one that a control client hands over
 * @param mssim the MSSIM ports
 * @param disconnectAfterResponse whether a data connection is closed after every response (swtpm's {@code disconnect})
 * @param exclusive whether, while a control client has handed over a data channel, all others on unix sockets may only look
 * @param admission who may connect to unix sockets
 */
public record PortConfiguration(
        List<Endpoint> control,
        List<Endpoint> data,
        Optional<Mssim> mssim,
        boolean disconnectAfterResponse,
        boolean exclusive,
        Admission admission) {
    /** Ports as swtpm has them: whoever reaches them may use them. */
    public PortConfiguration(
            List<Endpoint> control, List<Endpoint> data, Optional<Mssim> mssim, boolean disconnectAfterResponse) {
        this(control, data, mssim, disconnectAfterResponse, false, Admission.EVERYBODY);
    }

    /** Copies the lists. */
    public PortConfiguration {
        control = List.copyOf(control);
        data = List.copyOf(data);
    }

    /** The two MSSIM ports. */
    public record Mssim(Endpoint command, Endpoint platform) {
        /** Command port {@code port} and platform port {@code port + 1} on the loopback interface. */
        public static Mssim loopback(int port) {
            return new Mssim(Endpoint.Tcp.loopback(port), Endpoint.Tcp.loopback(port + 1));
        }
    }
}
