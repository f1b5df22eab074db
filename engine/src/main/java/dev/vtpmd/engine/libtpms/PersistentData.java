package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.hierarchy.Seed;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PERSISTENT_DATA: what a TPM keeps for good besides NV indices and objects. Times are in seconds.
 *
 * @param nextAllocation by the identifier of the hash, which PCRs a bank holds from the next TPM Reset on; bit n is PCR n
 * @param allocation which PCRs a bank holds now
 * @param physicalPresence the codes of the commands that need physical presence
 * @param audited the codes of the commands that are audited
 * @param auditHash the identifier of the hash of the audit
 * @param auditCounter how many digests of commands were begun
 * @param orderlyState how it was shut down: 0 Shutdown(CLEAR), low bits 1 Shutdown(STATE), 0xFFFF and 0xFFFE not at all
 */
record PersistentData(
        boolean disableClear,
        TpmtHa ownerPolicy,
        TpmtHa endorsementPolicy,
        TpmtHa lockoutPolicy,
        Tpm2b ownerAuth,
        Tpm2b endorsementAuth,
        Tpm2b lockoutAuth,
        Seed endorsementSeed,
        Seed ownerSeed,
        Seed platformSeed,
        Tpm2b platformProof,
        Tpm2b ownerProof,
        Tpm2b endorsementProof,
        long totalResetCount,
        int resetCount,
        Map<Integer, Integer> nextAllocation,
        Map<Integer, Integer> allocation,
        int failedTries,
        int maxTries,
        int recoveryTime,
        int lockoutRecovery,
        boolean lockoutAuthEnabled,
        int orderlyState,
        List<Integer> physicalPresence,
        List<Integer> audited,
        int auditHash,
        long auditCounter,
        int timeEpoch) {
    private static final int MAGIC = 0x12213443;
    private static final int OLDEST = 3;
    private static final int NEWEST = 5;
    private static final int PCR_POLICY = 0x176BE626;
    private static final int LARGEST_SELECTION = 16;
    private static final int SELECT_SIZE = 3;
    private static final int WITH_LEVELS = 4;

    private static final int STATE = 0x0001;
    private static final int SHUTDOWN_MASK = 0x3FFF;
    private static final int DA_USED = 0xFFFE;
    private static final int FIRST_DISORDERLY = 0xFFFE;
    private static final int WITH_HCRTM = 0x8000;
    private static final int FROM_LOCALITY_3 = 0x4000;

    /** Which of the three primary seeds is which. */
    private record Secrets(Tpm2b endorsement, Tpm2b owner, Tpm2b platform) {}

    static PersistentData read(LibtpmsReader in) {
        int version = in.header("PERSISTENT_DATA", MAGIC, OLDEST, NEWEST);
        boolean disableClear = in.flag();
        int[] hashes = {in.u16(), in.u16(), in.u16()};
        TpmtHa[] policies = new TpmtHa[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            policies[i] = Policies.of(hashes[i], in.sized());
        }
        Tpm2b[] auths = {auth(in), auth(in), auth(in)};
        Secrets seeds = new Secrets(seed(in), seed(in), seed(in));
        Tpm2b platformProof = seed(in);
        Tpm2b ownerProof = seed(in);
        Tpm2b endorsementProof = seed(in);
        long totalResetCount = in.u64();
        int resetCount = in.u32();
        in.block(() -> pcrPolicy(in));
        Map<Integer, Integer> next = selection(in);
        List<Integer> physicalPresence = CommandBits.codes(in.sized(), version);
        int[] lockout = {in.u32(), in.u32(), in.u32(), in.u32()};
        boolean lockoutAuthEnabled = in.flag();
        int orderlyState = in.u16();
        List<Integer> audited = CommandBits.codes(in.sized(), version);
        int auditHash = in.u16();
        long auditCounter = in.u64();
        in.skip(Integer.BYTES + 2 * Integer.BYTES);
        int epoch = epoch(in);
        Map<Integer, Integer> now = new TreeMap<>();
        int[] levels = new int[3];
        in.requiredBlock("the PCR allocation in force", () -> {
            now.putAll(selection(in));
            in.block(() -> {
                for (int i = 0; version >= WITH_LEVELS && i < levels.length; i++) {
                    levels[i] = level(in);
                }
            });
        });
        return new PersistentData(
                disableClear,
                policies[0],
                policies[1],
                policies[2],
                auths[0],
                auths[1],
                auths[2],
                new Seed(seeds.endorsement, levels[0]),
                new Seed(seeds.owner, levels[1]),
                new Seed(seeds.platform, levels[2]),
                platformProof,
                ownerProof,
                endorsementProof,
                totalResetCount,
                resetCount,
                next,
                now,
                lockout[0],
                lockout[1],
                lockout[2],
                lockout[3],
                lockoutAuthEnabled,
                orderlyState,
                physicalPresence,
                audited,
                auditHash,
                auditCounter,
                epoch);
    }

    /** Whether TPM2_Shutdown was the last thing that happened. */
    boolean orderly() {
        return orderlyState < FIRST_DISORDERLY;
    }

    /** Whether it was TPM2_Shutdown(STATE). */
    boolean savedState() {
        return orderly() && (orderlyState & SHUTDOWN_MASK) == STATE;
    }

    /** Whether an H-CRTM event came before the start that TPM2_Shutdown(STATE) ended. */
    boolean startedByHcrtm() {
        return (orderlyState & WITH_HCRTM) != 0;
    }

    /** The locality of that start. */
    int startupLocality() {
        return (orderlyState & FROM_LOCALITY_3) != 0 ? 3 : 0;
    }

    /** Whether an authValue under dictionary attack protection was used since a start that no TPM2_Shutdown has ended. */
    boolean dictionaryAttackPending() {
        return orderlyState == DA_USED;
    }

    /** The level of a seed: how primary objects are derived from it. */
    static int level(LibtpmsReader in) {
        int level = in.u8();
        if (level > Seed.NEWEST_LEVEL) {
            throw new MalformedStateException("a seed has compatibility level " + level
                    + "; this release knows levels up to " + Seed.NEWEST_LEVEL);
        }
        return level;
    }

    /** A TPML_PCR_SELECTION, by the identifier of the hash. */
    private static Map<Integer, Integer> selection(LibtpmsReader in) {
        Map<Integer, Integer> pcrs = new TreeMap<>();
        int count = in.u32();
        if (Integer.compareUnsigned(count, LARGEST_SELECTION) > 0) {
            throw new MalformedStateException("it is damaged: a PCR allocation has too many banks");
        }
        for (int i = 0; i < count; i++) {
            int hash = in.u16();
            if (in.u8() != SELECT_SIZE) {
                throw new MalformedStateException("it has another number of PCRs than 24");
            }
            pcrs.put(hash, in.u8() | in.u8() << 8 | in.u8() << 16);
        }
        return pcrs;
    }

    private static void pcrPolicy(LibtpmsReader in) {
        in.header("PCR_POLICY", PCR_POLICY, 2, 2);
        int count = in.u16();
        for (int i = 0; i < count; i++) {
            in.skip(Short.BYTES);
            in.sized();
        }
        in.end();
    }

    private static int epoch(LibtpmsReader in) {
        return switch (in.u8()) {
            case Integer.BYTES -> in.u32();
            case Long.BYTES -> (int) in.u64();
            default ->
                throw new MalformedStateException("it is damaged: the time epoch has a size that it cannot have");
        };
    }

    private static Tpm2b auth(LibtpmsReader in) {
        Tpm2b auth = in.sized();
        if (auth.size() > Seed.SIZE) {
            throw new MalformedStateException("it is damaged: an authorization value is too long");
        }
        return auth.withoutTrailingZeros();
    }

    private static Tpm2b seed(LibtpmsReader in) {
        return in.sized("seed or proof", Seed.SIZE);
    }
}
