package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Algorithm profiles for tests. */
public final class Profiles {
    /** Everything that the registry knows. */
    public static final AlgorithmProfile EVERYTHING = new AlgorithmProfile(
            "everything",
            EnumSet.complementOf(EnumSet.of(TpmAlgId.NULL)),
            EnumSet.allOf(TpmEccCurve.class),
            Map.of(
                    TpmAlgId.RSA, Set.of(1024, 2048, 3072, 4096),
                    TpmAlgId.AES, Set.of(128, 192, 256),
                    TpmAlgId.CAMELLIA, Set.of(128, 192, 256),
                    TpmAlgId.SM4, Set.of(128),
                    TpmAlgId.TDES, Set.of(128, 192)),
            Set.of(TpmiAlgHash.SHA256));

    /** No RSA, no curves and SHA-256 alone. */
    public static final AlgorithmProfile SMALL = new AlgorithmProfile(
            "small",
            EnumSet.of(TpmAlgId.KEYEDHASH, TpmAlgId.HMAC, TpmAlgId.SHA256),
            EnumSet.noneOf(TpmEccCurve.class),
            Map.of(),
            Set.of(TpmiAlgHash.SHA256));

    private Profiles() {}
}
