package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.wire.AlgorithmProfile;

import static java.util.Objects.requireNonNull;

/**
 * How a device behaves.
 *
 * @param name what log lines call the device
 * @param profile the algorithms of a TPM that has to be manufactured
 * @param automaticShutdown whether a TPM that loses power without TPM2_Shutdown is sent one first
 * @param refuseLocality4 whether a control client may not choose locality 4
 */
public record DeviceOptions(String name, AlgorithmProfile profile, boolean automaticShutdown, boolean refuseLocality4) {
    /** Checks that nothing is missing. */
    public DeviceOptions {
        requireNonNull(name, "name is null");
        requireNonNull(profile, "profile is null");
    }

    /** A device as swtpm has it without options. */
    public static DeviceOptions named(String name) {
        return new DeviceOptions(name, AlgorithmProfile.DEFAULT, true, false);
    }
}
