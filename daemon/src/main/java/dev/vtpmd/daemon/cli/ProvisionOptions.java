package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Option;

import java.util.List;

/** Options that say what a new TPM is given. */
final class ProvisionOptions {
    @Option(
            names = "--ek",
            paramLabel = "KEY",
            split = ",",
            description =
                    "its endorsement keys, each with a certificate: rsa2048, rsa3072, rsa4096, ecc-p256, ecc-p384,"
                            + " ecc-p521, or none (default: rsa2048,ecc-p384)")
    private List<String> endorsementKeys;

    @Option(names = "--srk", negatable = true, description = "make the storage root key (RSA-2048), at 0x81000001")
    private Boolean storageRootKey;

    @Option(
            names = "--device-identity",
            negatable = true,
            description = "make IDevID and IAK (ECC P-384) with their certificates")
    private Boolean deviceIdentity;

    @Option(
            names = "--from",
            paramLabel = "TEMPLATE",
            description =
                    "an instance whose settings are taken where no option says otherwise: profile, PCR banks, keys"
                            + " and permissions; never its TPM's seeds or keys")
    private String template;

    List<String> endorsementKeys() {
        return endorsementKeys;
    }

    Boolean storageRootKey() {
        return storageRootKey;
    }

    Boolean deviceIdentity() {
        return deviceIdentity;
    }

    String template() {
        return template;
    }
}
