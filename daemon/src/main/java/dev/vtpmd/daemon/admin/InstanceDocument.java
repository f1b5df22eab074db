package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vtpmd.daemon.instance.Clients;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceStatus;
import dev.vtpmd.daemon.instance.Permissions;
import dev.vtpmd.daemon.peer.Accounts;
import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
 * @param user who may connect to the control socket, besides root and the service's own user
 * @param group the group of those who may connect to the control socket
 * @param pcrBanks the PCR banks that have PCRs; in a list, only where the TPM has been on since the service started
 * @param onSince since when the TPM has power: UTC, ISO 8601
 * @param attached the process, most of all QEMU, that has handed over the channel on which commands come
 * @param commands how many the TPM has answered since the service started
 * @param lastError what went wrong last since the service started
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
        MssimPorts mssim,
        String user,
        String group,
        List<String> pcrBanks,
        String onSince,
        Attached attached,
        Long commands,
        LastError lastError)
        implements NamedDocument {

    /** TCP ports of swtpm's data and control channels. */
    public record TcpPorts(int data, int control) {}

    /** TCP ports for MSSIM. */
    public record MssimPorts(int command, int platform) {}

    /** Who is attached; numbers of the process, its user and its group. */
    public record Attached(int pid, long uid, long gid) {
        private static Attached of(Peer peer) {
            return new Attached(peer.pid(), Integer.toUnsignedLong(peer.uid()), Integer.toUnsignedLong(peer.gid()));
        }
    }

    /**
     * What went wrong, and when.
     *
     * @param time UTC, ISO 8601
     * @param message one line
     */
    public record LastError(String time, String message) {
        private static LastError of(InstanceStatus.Problem problem) {
            return new LastError(problem.time().toString(), problem.line());
        }
    }

    /** The document of {@code status}. */
    public static InstanceDocument of(InstanceStatus status) {
        OptionalInt tcp = status.configuration().map(InstanceConfiguration::tcp).orElse(OptionalInt.empty());
        OptionalInt mssim =
                status.configuration().map(InstanceConfiguration::mssim).orElse(OptionalInt.empty());
        Optional<InstanceStatus.Use> use = status.use();
        Clients clients = use.map(InstanceStatus.Use::clients).orElse(Clients.NONE);
        Optional<Permissions> permissions = status.configuration().map(InstanceConfiguration::permissions);
        return new InstanceDocument(
                status.configuration().map(InstanceConfiguration::name).orElse(null),
                status.uuid().toString(),
                status.profile().orElse(null),
                status.state(),
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
                mssim.isPresent() ? new MssimPorts(mssim.getAsInt(), mssim.getAsInt() + 1) : null,
                clients.user().isPresent() ? Accounts.userName(clients.user().getAsInt()) : null,
                clients.group().isPresent() ? Accounts.groupName(clients.group().getAsInt()) : null,
                use.flatMap(InstanceStatus.Use::pcrBanks)
                        .map(InstanceDocument::names)
                        .orElse(null),
                use.flatMap(InstanceStatus.Use::onSince).map(Instant::toString).orElse(null),
                use.flatMap(InstanceStatus.Use::attached).map(Attached::of).orElse(null),
                use.map(InstanceStatus.Use::commands).orElse(null),
                use.flatMap(InstanceStatus.Use::lastProblem).map(LastError::of).orElse(null));
    }

    private static List<String> names(List<TpmiAlgHash> banks) {
        return banks.stream().map(bank -> bank.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }
}
