package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;

/**
 * Profiles as data: in the resources beside this class, {@code profile/names.properties} lists them, and {@code
 * profile/NAME.properties} says what each of them offers.
 */
final class ProfileFile {
    private static final String FOLDER = "dev.vtpmd.protocol.wire.profile.";
    private static final String KEY_BITS = "keyBits.";
    private static final Map<TpmAlgId, Set<Integer>> POSSIBLE_KEY_BITS = Map.of(
            TpmAlgId.RSA, Set.of(1024, 2048, 3072, 4096),
            TpmAlgId.AES, Set.of(128, 192, 256),
            TpmAlgId.CAMELLIA, Set.of(128, 192, 256),
            TpmAlgId.SM4, Set.of(128),
            TpmAlgId.TDES, Set.of(128, 192));

    private final String name;
    private final Map<String, String> entries;

    private ProfileFile(String name, Map<String, String> entries) {
        this.name = name;
        this.entries = new HashMap<>(entries);
    }

    /** The profiles of this release, in the order in which they are shown. */
    static Map<String, AlgorithmProfile> all() {
        Map<String, AlgorithmProfile> profiles = new LinkedHashMap<>();
        for (String name : words(entries("names").get("names"))) {
            profiles.put(name, profile(name, entries(name)));
        }
        return profiles;
    }

    private static Map<String, String> entries(String file) {
        ResourceBundle bundle = ResourceBundle.getBundle(FOLDER + file, Locale.ROOT);
        Map<String, String> entries = new HashMap<>();
        bundle.keySet().forEach(key -> entries.put(key, bundle.getString(key)));
        return entries;
    }

    /**
     * The profile that a file with these entries describes.
     *
     * @throws IllegalArgumentException if it names something that there is not, or lacks something; says what
     */
    static AlgorithmProfile profile(String name, Map<String, String> entries) {
        return new ProfileFile(name, entries).profile();
    }

    private AlgorithmProfile profile() {
        Set<TpmAlgId> algorithms = constants("algorithms", TpmAlgId.class, TpmAlgId::valueOf);
        Set<TpmEccCurve> curves = constants("curves", TpmEccCurve.class, TpmEccCurve::valueOf);
        Set<TpmiAlgHash> pcrBanks = constants("pcrBanks", TpmiAlgHash.class, TpmiAlgHash::valueOf);
        Map<TpmAlgId, Set<Integer>> keyBits = new EnumMap<>(TpmAlgId.class);
        for (TpmAlgId algorithm : POSSIBLE_KEY_BITS.keySet()) {
            if (algorithms.contains(algorithm)) {
                keyBits.put(algorithm, keyBits(algorithm));
            }
        }
        if (!entries.isEmpty()) {
            throw wrong("has no use for " + entries.keySet());
        }
        if (algorithms.contains(TpmAlgId.ECC) == curves.isEmpty()) {
            throw wrong("has either ECC or curves without the other");
        }
        if (pcrBanks.isEmpty() || pcrBanks.stream().anyMatch(bank -> !algorithms.contains(bank.algorithm()))) {
            throw wrong("needs PCR banks, of algorithms that it offers");
        }
        return new AlgorithmProfile(name, algorithms, curves, keyBits, pcrBanks);
    }

    private Set<Integer> keyBits(TpmAlgId algorithm) {
        Set<Integer> sizes = new HashSet<>();
        for (String word : take(KEY_BITS + algorithm)) {
            if (!sizes.add(Integer.valueOf(word))) {
                throw wrong("has " + word + " twice");
            }
        }
        if (sizes.isEmpty() || !POSSIBLE_KEY_BITS.get(algorithm).containsAll(sizes)) {
            throw wrong("has impossible sizes of keys of " + algorithm + ": " + sizes);
        }
        return sizes;
    }

    private <E extends Enum<E>> Set<E> constants(String key, Class<E> type, Function<String, E> constant) {
        Set<E> constants = EnumSet.noneOf(type);
        for (String word : take(key)) {
            if (word.equals("NULL") || !constants.add(constant.apply(word))) {
                throw wrong("has " + word + " where it cannot be");
            }
        }
        return constants;
    }

    /** Takes the words of an entry out of the file; none if there is no such entry. */
    private List<String> take(String key) {
        String value = entries.remove(key);
        return value == null ? List.of() : words(value);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("the profile " + name + ' ' + what);
    }
}
