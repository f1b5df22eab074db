package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.object.TpmtPublic;

import java.util.function.Supplier;

/**
 * The keys of the device's maker, by "TPM 2.0 Keys for Device Identity and Attestation", with the persistent handles and NV indices
 * of the TCG's registry, as swtpm_setup uses them.
 */
public enum IdentityKey {
    /** The initial device identifier: signs for the device. */
    IDEVID("idevid", 0x81020000, 0x01C90200, KeyTemplates::deviceIdentity),
    /** The initial attestation key: signs what the TPM says of itself. */
    IAK("iak", 0x81020001, 0x01C90100, KeyTemplates::attestation);

    private final String word;
    private final int handle;
    private final int certificateIndex;
    private final Supplier<TpmtPublic> template;

    IdentityKey(String word, int handle, int certificateIndex, Supplier<TpmtPublic> template) {
        this.word = word;
        this.handle = handle;
        this.certificateIndex = certificateIndex;
        this.template = template;
    }

    /** What operators call it. */
    public String word() {
        return word;
    }

    /** The handle under which it is persistent. */
    public int handle() {
        return handle;
    }

    /** The NV index of its certificate. */
    public int certificateIndex() {
        return certificateIndex;
    }

    /** The template that it is made from. */
    public TpmtPublic template() {
        return template.get();
    }
}
