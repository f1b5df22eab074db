package dev.vtpmd.engine.state;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may be told of a permanent state: nothing that opens anything. Times are in seconds but for {@code clock}, which is in
 * milliseconds.
 *
 * @param profile name of the TPM's algorithm profile
 * @param shutdown how the TPM was last shut down
 * @param allocation by PCR bank, its PCRs from the next TPM Reset on; bit n stands for PCR n
 * @param authorized which of owner, endorsement, lockout have an authorization value
 * @param policies which of them have a policy
 */
public record StateSummary(
        String profile,
        ShutdownKind shutdown,
        long clock,
        boolean clockSafe,
        long totalResetCount,
        int resetCount,
        int failedTries,
        int maxTries,
        int recoveryTime,
        int lockoutRecovery,
        boolean clearDisabled,
        List<String> authorized,
        List<String> policies,
        Map<TpmiAlgHash, Integer> allocation,
        List<Index> indices,
        List<Persistent> objects) {

    /** An NV index. {@code size} is in bytes; */
    public record Index(int handle, TpmNt type, TpmiAlgHash nameAlg, int attributes, int size, boolean written) {}

    /** A persistent object. {@code type} is its algorithm, {@code name} its Name. */
    public record Persistent(int handle, String type, String hierarchy, Tpm2b name) {}

    /**
     * Reads a permanent state.
     *
     * @throws DamagedStateException if it cannot be read
     */
    public static StateSummary of(byte[] permanentState) throws DamagedStateException {
        String name = StateEncoding.profileName(permanentState);
        AlgorithmProfile profile = AlgorithmProfile.named(name)
                .orElseThrow(() -> new DamagedStateException(
                        "the state has a profile that this release does not know: " + name.replaceAll("[^ -~]", "?")));
        TpmState tpm = new TpmState(profile, new Platform(), AsymmetricProvider.fastest(), bytes -> {}, () -> 0);
        try {
            StateEncoding.restorePermanent(tpm, permanentState);
            return of(tpm);
        } finally {
            tpm.wipe();
        }
    }

    private static StateSummary of(TpmState tpm) {
        Map<Integer, String> hierarchies =
                new TreeMap<>(Map.of(TpmRh.OWNER, "owner", TpmRh.ENDORSEMENT, "endorsement", TpmRh.LOCKOUT, "lockout"));
        List<String> authorized = new ArrayList<>();
        List<String> policies = new ArrayList<>();
        hierarchies.forEach((handle, title) -> {
            if (!tpm.hierarchies().authValue(handle).isEmpty()) {
                authorized.add(title);
            }
            if (tpm.hierarchies().policy(handle).hashAlg() != TpmiAlgHash.NULL) {
                policies.add(title);
            }
        });
        Map<TpmiAlgHash, Integer> allocation = new TreeMap<>();
        PcrBanks pcrs = tpm.pcrs();
        pcrs.hashes().forEach(hash -> allocation.put(hash, pcrs.nextAllocation(hash)));
        return new StateSummary(
                tpm.profile().name(),
                tpm.orderly().shutdown(),
                tpm.clock().clock(),
                tpm.clock().clockInfo().safe(),
                tpm.clock().totalResetCount(),
                tpm.clock().resetCount(),
                tpm.dictionaryAttack().failedTries(),
                tpm.dictionaryAttack().maxTries(),
                tpm.dictionaryAttack().recoveryTime(),
                tpm.dictionaryAttack().lockoutRecovery(),
                tpm.hierarchies().clearDisabled(),
                authorized,
                policies,
                allocation,
                tpm.nv().all().stream().map(StateSummary::index).toList(),
                tpm.objects().persistentHandles().stream()
                        .map(handle -> object(tpm.objects().persistentObject(handle)))
                        .toList());
    }

    private static Index index(NvIndex index) {
        TpmaNv attributes = index.attributes();
        return new Index(
                index.handle(),
                index.type(),
                index.publicArea().nameAlg(),
                attributes.value(),
                index.publicArea().dataSize(),
                attributes.written());
    }

    private static Persistent object(TpmObject object) {
        String hierarchy = switch (object.hierarchy()) {
            case TpmRh.OWNER -> "owner";
            case TpmRh.ENDORSEMENT -> "endorsement";
            case TpmRh.PLATFORM -> "platform";
            default -> "null";
        };
        // A copy, since the state is overwritten.
        return new Persistent(
                object.persistentHandle(),
                object.type().name(),
                hierarchy,
                Tpm2b.copyOf(object.name().bytes()));
    }
}
