package dev.vtpmd.engine.hierarchy;

import dev.vtpmd.engine.Entropy;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * The hierarchies (Part 1, 13 and 14): their seeds, proofs, authorizations and enables, and those of the lockout handle.
 * Handles are TPM_RH_OWNER, _ENDORSEMENT, _PLATFORM, _NULL and _LOCKOUT.
 */
public final class Hierarchies {
    private final Entropy entropy;
    private final Orderly orderly;

    private Seed ownerSeed;
    private Seed endorsementSeed;
    private Seed platformSeed;
    private Seed nullSeed;
    private Tpm2b ownerProof;
    private Tpm2b endorsementProof;
    private Tpm2b platformProof;
    private Tpm2b nullProof;

    private Tpm2b ownerAuth = Tpm2b.EMPTY;
    private Tpm2b endorsementAuth = Tpm2b.EMPTY;
    private Tpm2b lockoutAuth = Tpm2b.EMPTY;
    private Tpm2b platformAuth = Tpm2b.EMPTY;
    private TpmtHa ownerPolicy = TpmtHa.NULL;
    private TpmtHa endorsementPolicy = TpmtHa.NULL;
    private TpmtHa lockoutPolicy = TpmtHa.NULL;
    private TpmtHa platformPolicy = TpmtHa.NULL;

    private boolean disableClear;
    private boolean ownerEnabled = true;
    private boolean endorsementEnabled = true;
    private boolean platformEnabled = true;
    private boolean platformNvEnabled = true;

    /** The hierarchies of a new TPM, with fresh seeds and proofs. */
    public Hierarchies(Entropy entropy, Orderly orderly) {
        this.entropy = entropy;
        this.orderly = orderly;
        ownerSeed = newSeed();
        endorsementSeed = newSeed();
        platformSeed = newSeed();
        nullSeed = newSeed();
        ownerProof = newProof();
        endorsementProof = newProof();
        platformProof = newProof();
        nullProof = newProof();
    }

    /** The primary seed of {@code hierarchy}. */
    public Seed seed(int hierarchy) {
        return switch (hierarchy) {
            case TpmRh.OWNER -> ownerSeed;
            case TpmRh.ENDORSEMENT -> endorsementSeed;
            case TpmRh.PLATFORM -> platformSeed;
            case TpmRh.NULL -> nullSeed;
            default -> throw notAHierarchy(hierarchy);
        };
    }

    /** The proof of {@code hierarchy}, 64 bytes: what its tickets and contexts are authenticated with. */
    public Tpm2b proof(int hierarchy) {
        return switch (hierarchy) {
            case TpmRh.OWNER -> ownerProof;
            case TpmRh.ENDORSEMENT -> endorsementProof;
            case TpmRh.PLATFORM -> platformProof;
            case TpmRh.NULL -> nullProof;
            default -> throw notAHierarchy(hierarchy);
        };
    }

    /** The authValue of a hierarchy or of TPM_RH_LOCKOUT, without zeros at its end; empty for TPM_RH_NULL. */
    public Tpm2b authValue(int handle) {
        return switch (handle) {
            case TpmRh.OWNER -> ownerAuth;
            case TpmRh.ENDORSEMENT -> endorsementAuth;
            case TpmRh.PLATFORM -> platformAuth;
            case TpmRh.LOCKOUT -> lockoutAuth;
            case TpmRh.NULL -> Tpm2b.EMPTY;
            default -> throw notAHierarchy(handle);
        };
    }

    /** Sets the authValue of a hierarchy other than TPM_RH_NULL, or of TPM_RH_LOCKOUT. Zeros at its end are dropped. */
    public void authValue(int handle, Tpm2b newAuth) {
        Tpm2b auth = newAuth.withoutTrailingZeros();
        switch (handle) {
            case TpmRh.OWNER -> ownerAuth = auth;
            case TpmRh.ENDORSEMENT -> endorsementAuth = auth;
            case TpmRh.LOCKOUT -> lockoutAuth = auth;
            case TpmRh.PLATFORM -> platformAuth = auth;
            default -> throw notAHierarchy(handle);
        }
        changed(handle);
    }

    /** The authorization policy of a hierarchy or of TPM_RH_LOCKOUT; none for TPM_RH_NULL. */
    public TpmtHa policy(int handle) {
        return switch (handle) {
            case TpmRh.OWNER -> ownerPolicy;
            case TpmRh.ENDORSEMENT -> endorsementPolicy;
            case TpmRh.PLATFORM -> platformPolicy;
            case TpmRh.LOCKOUT -> lockoutPolicy;
            case TpmRh.NULL -> TpmtHa.NULL;
            default -> throw notAHierarchy(handle);
        };
    }

    /** Sets the authorization policy of a hierarchy other than TPM_RH_NULL, or of TPM_RH_LOCKOUT. */
    public void policy(int handle, TpmtHa policy) {
        switch (handle) {
            case TpmRh.OWNER -> ownerPolicy = policy;
            case TpmRh.ENDORSEMENT -> endorsementPolicy = policy;
            case TpmRh.LOCKOUT -> lockoutPolicy = policy;
            case TpmRh.PLATFORM -> platformPolicy = policy;
            default -> throw notAHierarchy(handle);
        }
        changed(handle);
    }

    /** Whether {@code hierarchy} is enabled; TPM_RH_NULL and TPM_RH_LOCKOUT always are. */
    public boolean enabled(int hierarchy) {
        return switch (hierarchy) {
            case TpmRh.OWNER -> ownerEnabled;
            case TpmRh.ENDORSEMENT -> endorsementEnabled;
            case TpmRh.PLATFORM -> platformEnabled;
            case TpmRh.PLATFORM_NV -> platformNvEnabled;
            default -> true;
        };
    }

    /** Turns a hierarchy, or with TPM_RH_PLATFORM_NV the platform's NV indices, on or off. */
    public void enabled(int hierarchy, boolean on) {
        switch (hierarchy) {
            case TpmRh.OWNER -> ownerEnabled = on;
            case TpmRh.ENDORSEMENT -> endorsementEnabled = on;
            case TpmRh.PLATFORM -> platformEnabled = on;
            case TpmRh.PLATFORM_NV -> platformNvEnabled = on;
            default -> throw notAHierarchy(hierarchy);
        }
        orderly.savedStateChanged();
    }

    /** Whether TPM2_Clear is disabled. */
    public boolean clearDisabled() {
        return disableClear;
    }

    /** Disables or enables TPM2_Clear. */
    public void clearDisabled(boolean disabled) {
        disableClear = disabled;
        orderly.bookkeepingChanged();
    }

    /** What TPM2_Clear does to the hierarchies (Part 3, 24.6): the owner's seed, both user proofs, auths and policies. */
    public void clear() {
        ownerSeed = newSeed();
        ownerProof = newProof();
        endorsementProof = newProof();
        ownerEnabled = true;
        endorsementEnabled = true;
        ownerAuth = Tpm2b.EMPTY;
        endorsementAuth = Tpm2b.EMPTY;
        lockoutAuth = Tpm2b.EMPTY;
        ownerPolicy = TpmtHa.NULL;
        endorsementPolicy = TpmtHa.NULL;
        lockoutPolicy = TpmtHa.NULL;
        orderly.permanentStateChanged();
    }

    /** What TPM2_ChangeEPS does to the hierarchies (Part 3, 24.5). */
    public void changeEndorsementSeed() {
        endorsementSeed = newSeed();
        endorsementProof = newProof();
        endorsementEnabled = true;
        endorsementAuth = Tpm2b.EMPTY;
        endorsementPolicy = TpmtHa.NULL;
        orderly.permanentStateChanged();
    }

    /** What TPM2_ChangePPS does to the hierarchies (Part 3, 24.4). */
    public void changePlatformSeed() {
        platformSeed = newSeed();
        platformProof = newProof();
        platformPolicy = TpmtHa.NULL;
        orderly.permanentStateChanged();
    }

    /** What TPM2_Startup does to the hierarchies (Part 3, 9.3). */
    public void startup(StartupKind kind) {
        platformEnabled = true;
        if (kind != StartupKind.RESUME) {
            platformAuth = Tpm2b.EMPTY;
            platformPolicy = TpmtHa.NULL;
            ownerEnabled = true;
            endorsementEnabled = true;
            platformNvEnabled = true;
        }
        if (kind == StartupKind.RESET) {
            nullSeed = newSeed();
            nullProof = newProof();
        }
    }

    /** Stores what is permanent. */
    public void writePermanent(TpmWriter out) {
        ownerSeed.write(out);
        endorsementSeed.write(out);
        platformSeed.write(out);
        ownerProof.write(out);
        endorsementProof.write(out);
        platformProof.write(out);
        ownerAuth.write(out);
        endorsementAuth.write(out);
        lockoutAuth.write(out);
        ownerPolicy.write(out);
        endorsementPolicy.write(out);
        lockoutPolicy.write(out);
        out.u8(disableClear ? 1 : 0);
    }

    /** Restores what is permanent. */
    public void readPermanent(TpmReader in) {
        ownerSeed = Seed.read(in);
        endorsementSeed = Seed.read(in);
        platformSeed = Seed.read(in);
        ownerProof = Tpm2b.read(in, Seed.SIZE);
        endorsementProof = Tpm2b.read(in, Seed.SIZE);
        platformProof = Tpm2b.read(in, Seed.SIZE);
        ownerAuth = Tpm2b.read(in, Seed.SIZE);
        endorsementAuth = Tpm2b.read(in, Seed.SIZE);
        lockoutAuth = Tpm2b.read(in, Seed.SIZE);
        ownerPolicy = TpmtHa.readOrNull(in);
        endorsementPolicy = TpmtHa.readOrNull(in);
        lockoutPolicy = TpmtHa.readOrNull(in);
        disableClear = in.u8() != 0;
    }

    /** Stores what lasts until the next TPM Reset or TPM Restart. */
    public void writeVolatile(TpmWriter out) {
        nullSeed.write(out);
        nullProof.write(out);
        platformAuth.write(out);
        platformPolicy.write(out);
        out.u8((ownerEnabled ? 1 : 0)
                | (endorsementEnabled ? 2 : 0)
                | (platformEnabled ? 4 : 0)
                | (platformNvEnabled ? 8 : 0));
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        nullSeed = Seed.read(in);
        nullProof = Tpm2b.read(in, Seed.SIZE);
        platformAuth = Tpm2b.read(in, Seed.SIZE);
        platformPolicy = TpmtHa.readOrNull(in);
        int enables = in.u8();
        ownerEnabled = (enables & 1) != 0;
        endorsementEnabled = (enables & 2) != 0;
        platformEnabled = (enables & 4) != 0;
        platformNvEnabled = (enables & 8) != 0;
    }

    /** Overwrites seeds, proofs and authValues. */
    public void wipe() {
        for (Seed seed : new Seed[] {ownerSeed, endorsementSeed, platformSeed, nullSeed}) {
            seed.value().wipe();
        }
        Tpm2b[] secrets = {
            ownerProof,
            endorsementProof,
            platformProof,
            nullProof,
            ownerAuth,
            endorsementAuth,
            lockoutAuth,
            platformAuth
        };
        for (Tpm2b secret : secrets) {
            secret.wipe();
        }
    }

    private void changed(int handle) {
        if (handle == TpmRh.PLATFORM) {
            orderly.savedStateChanged();
        } else {
            orderly.bookkeepingChanged();
        }
    }

    private Seed newSeed() {
        return new Seed(newProof(), Seed.NEWEST_LEVEL);
    }

    private Tpm2b newProof() {
        byte[] bytes = new byte[Seed.SIZE];
        entropy.fill(bytes);
        return Tpm2b.wrap(bytes);
    }

    private static IllegalArgumentException notAHierarchy(int handle) {
        return new IllegalArgumentException("not a hierarchy: 0x%08X".formatted(handle));
    }
}
