package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceStatus;
import dev.vtpmd.daemon.instance.Permissions;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An instance as the administration protocol has it. What does not apply is left out, and null here.
 *
 * @param state {@code on} or {@code off} as the TPM has power or not, {@code incoming} while it is awaited, {@code moved} if it
 *     is elsewhere, or {@code failed}
 * @param profile name of the TPM's algorithm profile
 * @param migration whether its TPM may go on elsewhere: {@code allow} or {@code deny}
 * @param snapshots whether its TPM may go back to a state that it had: {@code allow} or {@code deny}
 * @param problem why the instance, or its TPM, cannot be used
 * @param controlSocket path of swtpm's control channel, for QEMU
 * @param firmware that its machine starts with
 * @param tcp swtpm's channels over TCP
 * @param mssim the MSSIM ports
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceDocument(
        String name,
        String uuid,
        String profile,
        String state,
        String migration,
        String snapshots,
        String problem,
        String controlSocket,
        FirmwareDocument firmware,
        TcpPorts tcp,
        MssimPorts mssim) {

    /** TCP ports of swtpm's data and control channels. */
    public record TcpPorts(int data, int control) {}

    /** TCP ports for MSSIM. */
    public record MssimPorts(int command, int platform) {}

    /** The document of {@code status}. */
    public static InstanceDocument of(InstanceStatus status) {
        OptionalInt tcp = status.configuration().map(InstanceConfiguration::tcp).orElse(OptionalInt.empty());
        OptionalInt mssim =
                status.configuration().map(InstanceConfiguration::mssim).orElse(OptionalInt.empty());
        String power = status.absence().map(InstanceStatus.Absence::state).orElse(status.powered() ? "on" : "off");
        Optional<Permissions> permissions = status.configuration().map(InstanceConfiguration::permissions);
        return new InstanceDocument(
                status.configuration().map(InstanceConfiguration::name).orElse(null),
                status.uuid().toString(),
                status.profile().orElse(null),
                status.problem().isPresent() ? "failed" : power,
                permissions.map(allowed -> word(allowed.migration())).orElse(null),
                permissions.map(allowed -> word(allowed.snapshots())).orElse(null),
                status.problem()
                        .or(() -> status.absence().map(InstanceStatus.Absence::reason))
                        .orElse(null),
                status.controlSocket().map(Path::toString).orElse(null),
                status.configuration()
                        .flatMap(InstanceConfiguration::firmware)
                        .map(bound -> new FirmwareDocument(bound.file().toString(), bound.sha256()))
                        .orElse(null),
                tcp.isPresent() ? new TcpPorts(tcp.getAsInt(), tcp.getAsInt() + 1) : null,
                mssim.isPresent() ? new MssimPorts(mssim.getAsInt(), mssim.getAsInt() + 1) : null);
    }

    private static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }
}
