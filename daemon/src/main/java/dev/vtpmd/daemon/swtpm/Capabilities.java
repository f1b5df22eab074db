package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.ArrayList;
import java.util.List;

/** What {@code --print-capabilities} tells programs that start swtpm, which may take it apart with regular expressions. */
final class Capabilities {
    private static final List<String> BEFORE_KEY_SIZES = List.of(
            "tpm-2.0",
            "tpm-send-command-header",
            "flags-opt-startup",
            "flags-opt-disable-auto-shutdown",
            "ctrl-opt-terminate",
            "cmdarg-key-fd",
            "cmdarg-pwd-fd",
            "cmdarg-print-states",
            "cmdarg-migration",
            "nvram-backend-dir");
    private static final List<String> AFTER_KEY_SIZES =
            List.of("cmdarg-print-info", "tpmstate-opt-lock", "tpmstate-dir-backend-opt-fsync", "systemd-notify");

    private Capabilities() {}

    /** One line of JSON, without its end. */
    static String json(AlgorithmProfile profile, String version) {
        List<String> features = new ArrayList<>(BEFORE_KEY_SIZES);
        profile.keyBits(TpmAlgId.RSA).forEach(bits -> features.add("rsa-keysize-" + bits));
        features.addAll(AFTER_KEY_SIZES);
        return "{ \"type\": \"swtpm\", \"features\": [ \"" + String.join("\", \"", features)
                + "\" ], \"profiles\": { }, \"version\": \"" + version + "\" }";
    }
}
