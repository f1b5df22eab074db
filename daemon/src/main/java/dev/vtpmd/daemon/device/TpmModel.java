package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kind of TPM is made.
 *
 * @param profile its algorithms, for life
 * @param pcrBanks the PCR banks that have PCRs until TPM2_PCR_Allocate says otherwise; not empty, all in the profile
 */
public record TpmModel(AlgorithmProfile profile, Set<TpmiAlgHash> pcrBanks) {
    /** The default profile and its banks. */
    public static final TpmModel DEFAULT = of(AlgorithmProfile.DEFAULT);

    /** Copies the banks. */
    public TpmModel {
        pcrBanks = Set.copyOf(pcrBanks);
    }

    /** A TPM with {@code profile} and its banks. */
    public static TpmModel of(AlgorithmProfile profile) {
        return new TpmModel(profile, profile.pcrBanks());
    }

    /**
     * The model in an operator's words.
     *
     * @param profile name of a profile, null for the default
     * @param pcrBanks names of hash algorithms in any case, separated by commas, null for those of the profile
     * @throws IllegalArgumentException if there is no such thing; one line says what there is
     */
    public static TpmModel named(String profile, String pcrBanks) {
        AlgorithmProfile chosen = profile == null
                ? AlgorithmProfile.DEFAULT
                : AlgorithmProfile.named(profile)
                        .orElseThrow(() -> new IllegalArgumentException("there is no profile " + shown(profile)
                                + "; the profiles are " + String.join(", ", AlgorithmProfile.names())));
        return pcrBanks == null ? of(chosen) : new TpmModel(chosen, banks(chosen, pcrBanks));
    }

    private static Set<TpmiAlgHash> banks(AlgorithmProfile profile, String names) {
        Set<TpmiAlgHash> banks = EnumSet.noneOf(TpmiAlgHash.class);
        for (String name : names.split(",", -1)) {
            banks.add(profile.hashes().stream()
                    .filter(hash -> bankName(hash).equals(name.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the profile " + profile.name()
                            + " has no PCR bank " + shown(name) + "; its banks are "
                            + profile.hashes().stream().map(TpmModel::bankName).collect(Collectors.joining(", ")))));
        }
        return banks;
    }

    /** What operators call a bank. */
    public static String bankName(TpmiAlgHash hash) {
        return hash.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        return "'" + text.replaceAll("[^ -~]", "?") + "'";
    }
}
