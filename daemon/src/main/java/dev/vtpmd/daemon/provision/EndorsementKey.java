package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.object.TpmtPublic;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The endorsement keys that a TPM can be given, by the templates of the TCG EK Credential Profile 2.5. Where a certificate lies is
 * in its 2.2.1.4 and 2.2.1.5; the handle of a key in the high range has the certificate's last byte, that of the RSA-2048 key is
 * the one of the TPM v2.0 Provisioning Guidance, table 2.
 */
public enum EndorsementKey implements StandardKey {
    /** Template L-1. */
    RSA2048("rsa2048", 0x81010001, 0x01C00002, KeyTemplates::lowRangeRsa),
    /** Template L-2. */
    ECC_P256("ecc-p256", 0x8101000A, 0x01C0000A, KeyTemplates::lowRangeEcc),
    /** Template H-3. */
    ECC_P384("ecc-p384", 0x81010016, 0x01C00016, () -> KeyTemplates.highRangeEcc(TpmEccCurve.NIST_P384)),
    /** Template H-4. */
    ECC_P521("ecc-p521", 0x81010018, 0x01C00018, () -> KeyTemplates.highRangeEcc(TpmEccCurve.NIST_P521)),
    /** Template H-6. */
    RSA3072("rsa3072", 0x8101001C, 0x01C0001C, () -> KeyTemplates.highRangeRsa(3072)),
    /** Template H-7. */
    RSA4096("rsa4096", 0x8101001E, 0x01C0001E, () -> KeyTemplates.highRangeRsa(4096));

    private final Definition definition;

    EndorsementKey(String word, int handle, int certificateIndex, Supplier<TpmtPublic> template) {
        this.definition = new Definition(word, handle, certificateIndex, template);
    }

    /**
     * The keys with these words; {@code none} stands for none.
     *
     * @throws IllegalArgumentException if a word is none of the keys'; one line says what there is
     */
    public static Set<EndorsementKey> named(Collection<String> words) {
        Set<EndorsementKey> keys = EnumSet.noneOf(EndorsementKey.class);
        if (words.size() == 1 && words.iterator().next().strip().equalsIgnoreCase("none")) {
            return keys;
        }
        for (String name : words) {
            keys.add(Arrays.stream(values())
                    .filter(key -> key.word().equals(name.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no endorsement key '"
                            + name.replaceAll("[^ -~]", "?") + "'; there are "
                            + Arrays.stream(values()).map(EndorsementKey::word).collect(Collectors.joining(", "))
                            + ", or none alone")));
        }
        return keys;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
