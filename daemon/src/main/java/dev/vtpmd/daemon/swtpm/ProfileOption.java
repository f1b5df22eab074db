package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.Set;

/** The value of {@code --profile}. Profiles go by name; swtpm's JSON, with lists of commands and algorithms, is not taken. */
final class ProfileOption {
    private ProfileOption() {}

    static AlgorithmProfile parse(String text) throws UsageException {
        ValueList values = new ValueList("profile", text, Set.of("name", "profile", "file", "fd", "remove-disabled"));
        for (String key : Set.of("profile", "file", "fd", "remove-disabled")) {
            if (values.has(key)) {
                throw values.refused("'" + key + "' is not supported; a profile is chosen by name=...");
            }
        }
        String name = values.text("name").orElseThrow(() -> values.refused("name=... is needed"));
        try {
            return TpmModel.named(name, null).profile();
        } catch (IllegalArgumentException e) {
            throw values.refused(e.getMessage());
        }
    }
}
