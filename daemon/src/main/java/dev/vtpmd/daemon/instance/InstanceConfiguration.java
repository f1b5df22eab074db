package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.StartupMode;
import dev.vtpmd.daemon.provision.Blueprint;
import dev.vtpmd.store.InstanceInfo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What an operator decides about an instance.
 *
 * @param name as {@link InstanceInfo} allows it
 * @param mssim the MSSIM command port; the platform port is the next
 * @param tcp the port of swtpm's data channel; the port of its control channel is the next
 * @param permissions what may be done with the TPM's states
 * @param firmware that the virtual machine starts with, if an operator has said so
 * @param clients who may connect to the control socket; if it names nobody, those whom the service is told
 * @param blueprint how its TPM was made; empty if it was not made here
 */
public record InstanceConfiguration(
        UUID uuid,
        String name,
        OptionalInt mssim,
        OptionalInt tcp,
        Permissions permissions,
        Optional<BoundFirmware> firmware,
        Clients clients,
        Optional<Blueprint> blueprint) {
    private static final String MSSIM = "mssim-port";
    private static final String TCP = "tcp-port";
    private static final int HIGHEST_PORT = 65_534;

    /** An instance whose TPM's states stay where they are. */
    public InstanceConfiguration(UUID uuid, String name, OptionalInt mssim, OptionalInt tcp) {
        this(uuid, name, mssim, tcp, Permissions.NONE);
    }

    /** An instance whose firmware nobody has named, for whom the service is told, and whose TPM was not made here. */
    public InstanceConfiguration(UUID uuid, String name, OptionalInt mssim, OptionalInt tcp, Permissions permissions) {
        this(uuid, name, mssim, tcp, permissions, Optional.empty(), Clients.NONE, Optional.empty());
    }

    /**
     * @throws IllegalArgumentException if a port is not 1 to 65534, both port pairs have a port in common, or there are ports although
     *     not everybody may connect
     */
    public InstanceConfiguration {
        requirePort("MSSIM", mssim);
        requirePort("TCP", tcp);
        if (mssim.isPresent() && tcp.isPresent() && Math.abs(mssim.getAsInt() - tcp.getAsInt()) < 2) {
            throw new IllegalArgumentException("the MSSIM ports " + mssim.getAsInt() + " and " + (mssim.getAsInt() + 1)
                    + " overlap the TCP ports " + tcp.getAsInt() + " and " + (tcp.getAsInt() + 1));
        }
        requireLocal(clients, mssim.isPresent() || tcp.isPresent());
    }

    private static void requireLocal(Clients clients, boolean ports) {
        if (!clients.equals(Clients.NONE) && ports) {
            throw new IllegalArgumentException(
                    "an instance for a user or a group has no TCP ports: whoever is on this host could"
                            + " connect to them");
        }
    }

    private static void requirePort(String title, OptionalInt port) {
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > HIGHEST_PORT)) {
            throw new IllegalArgumentException(title + " port " + port.getAsInt() + " is not between 1 and "
                    + HIGHEST_PORT + " (the next port is used too)");
        }
    }

    /** The configuration that {@link #stored} gave. */
    static InstanceConfiguration of(InstanceInfo info) {
        return new InstanceConfiguration(
                info.uuid(),
                info.name(),
                port(info, MSSIM),
                port(info, TCP),
                Permissions.of(info.settings()),
                BoundFirmware.of(info),
                Clients.of(info.settings()),
                Blueprint.of(info.settings()));
    }

    /** The same with other permissions. */
    InstanceConfiguration with(Permissions others) {
        return new InstanceConfiguration(uuid, name, mssim, tcp, others, firmware, clients, blueprint);
    }

    /** The same with other firmware. */
    public InstanceConfiguration with(Optional<BoundFirmware> other) {
        return new InstanceConfiguration(uuid, name, mssim, tcp, permissions, other, clients, blueprint);
    }

    /** The same for other clients. */
    InstanceConfiguration with(Clients others) {
        return new InstanceConfiguration(uuid, name, mssim, tcp, permissions, firmware, others, blueprint);
    }

    /** The same under the UUID that it turns out to have. */
    InstanceConfiguration withUuid(UUID known) {
        return new InstanceConfiguration(known, name, mssim, tcp, permissions, firmware, clients, blueprint);
    }

    private static OptionalInt port(InstanceInfo info, String key) {
        String port = info.settings().get(key);
        return port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    /** What the store keeps of it, and of where its TPM is. */
    InstanceInfo stored(Custody custody) {
        return new InstanceInfo(uuid, name, Instant.now(), settings(custody));
    }

    /** The settings in {@link #stored}. */
    Map<String, String> settings(Custody custody) {
        Map<String, String> settings = new HashMap<>();
        mssim.ifPresent(port -> settings.put(MSSIM, Integer.toString(port)));
        tcp.ifPresent(port -> settings.put(TCP, Integer.toString(port)));
        permissions.store(settings);
        firmware.ifPresent(bound -> bound.store(settings));
        clients.store(settings);
        blueprint.ifPresent(made -> made.store(settings));
        custody.store(settings);
        return settings;
    }

    /** Whether it has TCP ports. */
    boolean hasPorts() {
        return mssim.isPresent() || tcp.isPresent();
    }

    /** All TCP ports of the instance. */
    IntStream ports() {
        return IntStream.concat(mssim.stream(), tcp.stream()).flatMap(port -> IntStream.of(port, port + 1));
    }

    /**
     * What is done with the TPM before clients come. QEMU switches it on itself. swtpm's TCP clients expect a TPM that has
     * been started; those of MSSIM send TPM2_Startup themselves, but not all of them SIGNAL_POWER_ON.
     */
    StartupMode startup() {
        if (tcp.isPresent()) {
            return StartupMode.STARTUP_CLEAR;
        }
        return mssim.isPresent() ? StartupMode.INIT : StartupMode.NEED_INIT;
    }
}
