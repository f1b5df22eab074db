package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.object.TpmtPublic;

import java.util.function.Supplier;

/**
 * The keys of the device's maker, by "TPM 2.0 Keys for Device Identity and Attestation", with the persistent handles and NV indices
 * of the TCG's registry, as swtpm_setup uses them.
 */
public enum IdentityKey implements StandardKey {
    /** The initial device identifier: signs for the device. */
    IDEVID("idevid", 0x81020000, 0x01C90200, KeyTemplates::deviceIdentity),
    /** The initial attestation key: signs what the TPM says of itself. */
    IAK("iak", 0x81020001, 0x01C90100, KeyTemplates::attestation);

    private final Definition definition;

    IdentityKey(String word, int handle, int certificateIndex, Supplier<TpmtPublic> template) {
        this.definition = new Definition(word, handle, certificateIndex, template);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
