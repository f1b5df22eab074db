package dev.vtpmd.daemon.device;

import static java.util.Objects.requireNonNull;

/**
 * How a device behaves.
 *
 * @param name what log lines call the device
 * @param model the TPM that is manufactured where there is none
 * @param exactProfile whether a TPM with another profile than the model's is refused
 * @param automaticShutdown whether a TPM that loses power without TPM2_Shutdown is sent one first
 * @param refuseLocality4 whether a control client may not choose locality 4
 * @param observer is told what the device does
 */
public record DeviceOptions(
        String name,
        TpmModel model,
        boolean exactProfile,
        boolean automaticShutdown,
        boolean refuseLocality4,
        DeviceObserver observer) {
    /** Checks that nothing is missing. */
    public DeviceOptions {
        requireNonNull(name, "name is null");
        requireNonNull(model, "model is null");
        requireNonNull(observer, "observer is null");
    }

    /** A device as swtpm has it without options. */
    public static DeviceOptions named(String name) {
        return observed(name, DeviceObserver.NONE);
    }

    /** A device as swtpm has it without options, which {@code observer} watches. */
    public static DeviceOptions observed(String name, DeviceObserver observer) {
        return new DeviceOptions(name, TpmModel.DEFAULT, false, true, false, observer);
    }
}
