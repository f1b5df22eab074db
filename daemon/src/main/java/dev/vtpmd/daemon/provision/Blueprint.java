package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.device.TpmModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a TPM was made, so that another one can be made like it. It says nothing of seeds, and nothing of what became of the TPM.
 *
 * @param model its profile and PCR banks
 * @param provisions what it was given
 */
public record Blueprint(TpmModel model, Provisions provisions) {
    private static final Logger LOG = LoggerFactory.getLogger(Blueprint.class);
    private static final String PROFILE = "made-profile";
    private static final String PCR_BANKS = "made-pcr-banks";
    private static final String ENDORSEMENT_KEYS = "made-endorsement-keys";
    private static final String STORAGE_ROOT_KEY = "made-storage-root-key";
    private static final String DEVICE_IDENTITY = "made-device-identity";
    private static final String NONE = "none";
    private static final String YES = "yes";

    /**
     * @throws IllegalArgumentException if the model cannot have the provisions; one line
     */
    public Blueprint {
        provisions.requirePossible(model.profile());
    }

    /** What the settings of an instance say; empty if its TPM was not made here, or by a release that has other words. */
    public static Optional<Blueprint> of(Map<String, String> settings) {
        if (!settings.containsKey(PROFILE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Blueprint(
                    TpmModel.named(settings.get(PROFILE), settings.get(PCR_BANKS)),
                    new Provisions(
                            EndorsementKey.named(List.of(settings.getOrDefault(ENDORSEMENT_KEYS, NONE)
                                    .split(","))),
                            settings.containsKey(STORAGE_ROOT_KEY),
                            settings.containsKey(DEVICE_IDENTITY))));
        } catch (IllegalArgumentException e) {
            LOG.debug("no blueprint of this release", e);
            return Optional.empty();
        }
    }

    /** Notes it in the settings of an instance. */
    public void store(Map<String, String> settings) {
        settings.put(PROFILE, model.profile().name());
        settings.put(
                PCR_BANKS,
                model.pcrBanks().stream().map(TpmModel::bankName).sorted().collect(Collectors.joining(",")));
        settings.put(
                ENDORSEMENT_KEYS,
                provisions.endorsementKeys().isEmpty()
                        ? NONE
                        : provisions.endorsementKeys().stream()
                                .map(EndorsementKey::word)
                                .collect(Collectors.joining(",")));
        if (provisions.storageRootKey()) {
            settings.put(STORAGE_ROOT_KEY, YES);
        }
        if (provisions.deviceIdentity()) {
            settings.put(DEVICE_IDENTITY, YES);
        }
    }
}
