package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceStatus;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * An instance as the administration protocol has it. What does not apply is left out, and null here.
 *
 * @param state {@code on} or {@code off} as the TPM has power or not, or {@code failed}
 * @param profile name of the TPM's algorithm profile
 * @param problem why the instance cannot be used
 * @param controlSocket path of swtpm's control channel, for QEMU
 * @param tcp swtpm's channels over TCP
 * @param mssim the MSSIM ports
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceDocument(
        String name,
        String uuid,
        String profile,
        String state,
        String problem,
        String controlSocket,
        TcpPorts tcp,
        MssimPorts mssim) {

    /** TCP ports of swtpm's data and control channels. */
    public record TcpPorts(int data, int control) {}

    /** TCP ports for MSSIM. */
    public record MssimPorts(int command, int platform) {}

    /** The document of {@code status}. */
    static InstanceDocument of(InstanceStatus status) {
        OptionalInt tcp = status.configuration().map(InstanceConfiguration::tcp).orElse(OptionalInt.empty());
        OptionalInt mssim =
                status.configuration().map(InstanceConfiguration::mssim).orElse(OptionalInt.empty());
        String power = status.powered() ? "on" : "off";
        return new InstanceDocument(
                status.configuration().map(InstanceConfiguration::name).orElse(null),
                status.uuid().toString(),
                status.profile().orElse(null),
                status.problem().isPresent() ? "failed" : power,
                status.problem().orElse(null),
                status.controlSocket().map(Path::toString).orElse(null),
                tcp.isPresent() ? new TcpPorts(tcp.getAsInt(), tcp.getAsInt() + 1) : null,
                mssim.isPresent() ? new MssimPorts(mssim.getAsInt(), mssim.getAsInt() + 1) : null);
    }
}
