package dev.vtpmd.engine.command.capability;

import dev.vtpmd.engine.TpmIdentity;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.clock.TpmClock;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.commit.Commitments;
import dev.vtpmd.engine.context.ContextProtection;
import dev.vtpmd.engine.hierarchy.Hierarchies;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.engine.object.ObjectTable;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.engine.session.SessionTable;
import dev.vtpmd.protocol.attribute.TpmaPermanent;
import dev.vtpmd.protocol.attribute.TpmaStartupClear;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.constant.TpmRh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The values of TPM_PT (Part 2, 6.13). */
public final class TpmProperties {
    /** What a TPMS_CONTEXT of a session takes at most, in bytes. */
    static final int MAX_SESSION_CONTEXT = 1024;
    /** MAX_CAP_BUFFER: room for a TPMS_CAPABILITY_DATA in a response, in bytes. */
    static final int MAX_CAP_BUFFER = 1024;

    private static final int LARGEST_BUFFER = 1024;
    private static final int SPECIFICATION_YEAR = 2025;
    private static final int SPECIFICATION_DAY = 79;
    /** PC Client Platform TPM Profile 1.06, as binary coded decimal. */
    private static final int PROFILE_VERSION = 0x106;

    private static final int PROFILE_YEAR = 2024;
    private static final int PROFILE_DAY = 25;
    private static final int PC_CLIENT = 1;
    /** TPMA_MEMORY: sharedNV and objectCopiedToRam. */
    private static final int MEMORY = 0x6;

    private static final int ORDERLY_COUNT = 255;
    private static final int CONTEXT_KEY_BITS = 256;
    private static final int SMALLEST_PERSISTENT = 7;
    private static final int SMALLEST_INDEX = 200;

    private final TpmState tpm;
    private final CommandTable table;

    /** The properties of {@code tpm}, whose commands are those of {@code table}. */
    public TpmProperties(TpmState tpm, CommandTable table) {
        this.tpm = tpm;
        this.table = table;
    }

    /** The 32-bit value of {@code property}. */
    public int value(TpmPt property) {
        return property.value() < TpmPt.PERMANENT.value() ? fixed(property) : variable(property);
    }

    private int fixed(TpmPt property) {
        return switch (property) {
            case FAMILY_INDICATOR -> text(TpmIdentity.FAMILY + "\0");
            case LEVEL -> TpmIdentity.LEVEL;
            case REVISION -> TpmIdentity.REVISION;
            case DAY_OF_YEAR -> SPECIFICATION_DAY;
            case YEAR -> SPECIFICATION_YEAR;
            case MANUFACTURER -> text(TpmIdentity.MANUFACTURER);
            case VENDOR_STRING_1 -> text("SW  ");
            case VENDOR_STRING_2 -> text("vtpm");
            case VENDOR_STRING_3 -> text("d\0\0\0");
            case VENDOR_TPM_TYPE -> 1;
            case FIRMWARE_VERSION_1 -> TpmIdentity.FIRMWARE_VERSION_1;
            case FIRMWARE_VERSION_2 -> TpmIdentity.FIRMWARE_VERSION_2;
            case INPUT_BUFFER, NV_BUFFER_MAX -> LARGEST_BUFFER;
            case HR_TRANSIENT_MIN -> ObjectTable.SLOTS;
            case HR_PERSISTENT_MIN -> SMALLEST_PERSISTENT;
            case HR_LOADED_MIN -> SessionTable.LOADED_MAXIMUM;
            case ACTIVE_SESSIONS_MAX -> SessionTable.ACTIVE_MAXIMUM;
            case PCR_COUNT -> PcrAttributes.COUNT;
            case PCR_SELECT_MIN -> PcrAttributes.COUNT / Byte.SIZE;
            case CONTEXT_GAP_MAX -> SessionTable.CONTEXT_GAP_MAXIMUM;
            case NV_INDEX_MAX -> NvMemory.LARGEST_INDEX;
            case MEMORY -> MEMORY;
            case CLOCK_UPDATE -> TpmClock.UPDATE_INTERVAL;
            case CONTEXT_HASH -> TpmAlgId.SHA512.value();
            case CONTEXT_SYM -> TpmAlgId.AES.value();
            case CONTEXT_SYM_SIZE -> CONTEXT_KEY_BITS;
            case ORDERLY_COUNT -> ORDERLY_COUNT;
            case MAX_COMMAND_SIZE, MAX_RESPONSE_SIZE -> tpm.platform().bufferSize();
            case MAX_DIGEST -> tpm.profile().largestDigest();
            case MAX_OBJECT_CONTEXT -> ContextProtection.LARGEST_OBJECT_CONTEXT;
            case MAX_SESSION_CONTEXT -> MAX_SESSION_CONTEXT;
            case PS_FAMILY_INDICATOR -> PC_CLIENT;
            case PS_REVISION -> PROFILE_VERSION;
            case PS_DAY_OF_YEAR -> PROFILE_DAY;
            case PS_YEAR -> PROFILE_YEAR;
            case SPLIT_MAX -> Commitments.WINDOW;
            case TOTAL_COMMANDS, LIBRARY_COMMANDS -> table.rows().size();
            case MAX_CAP_BUFFER -> MAX_CAP_BUFFER;
            default -> 0;
        };
    }

    private int variable(TpmPt property) {
        int loaded = tpm.sessions().loadedHandles().size();
        int active = loaded + tpm.sessions().savedHandles().size();
        return switch (property) {
            case PERMANENT -> permanent();
            case STARTUP_CLEAR -> startupClear();
            case HR_NV_INDEX -> tpm.nv().all().size();
            case HR_LOADED -> loaded;
            case HR_LOADED_AVAIL -> SessionTable.LOADED_MAXIMUM - loaded;
            case HR_ACTIVE -> active;
            case HR_ACTIVE_AVAIL -> SessionTable.ACTIVE_MAXIMUM - active;
            case HR_TRANSIENT_AVAIL -> tpm.objects().freeSlots();
            case HR_PERSISTENT -> tpm.objects().persistentHandles().size();
            case HR_PERSISTENT_AVAIL ->
                ObjectTable.PERSISTENT_MAXIMUM
                        - tpm.objects().persistentHandles().size();
            case NV_COUNTERS ->
                (int) tpm.nv().all().stream()
                        .filter(index -> index.type() == TpmNt.COUNTER)
                        .count();
            case NV_COUNTERS_AVAIL -> tpm.nv().free() / SMALLEST_INDEX;
            case ALGORITHM_SET -> tpm.algorithmSet().value();
            case LOADED_CURVES -> tpm.profile().curves().size();
            case LOCKOUT_COUNTER -> tpm.dictionaryAttack().failedTries();
            case MAX_AUTH_FAIL -> tpm.dictionaryAttack().maxTries();
            case LOCKOUT_INTERVAL -> tpm.dictionaryAttack().recoveryTime();
            case LOCKOUT_RECOVERY -> tpm.dictionaryAttack().lockoutRecovery();
            case AUDIT_COUNTER_0 -> (int) (tpm.commandAudit().counter() >>> Integer.SIZE);
            case AUDIT_COUNTER_1 -> (int) tpm.commandAudit().counter();
            default -> 0;
        };
    }

    private int permanent() {
        Hierarchies hierarchies = tpm.hierarchies();
        return flag(
                        TpmaPermanent.OWNER_AUTH_SET,
                        !hierarchies.authValue(TpmRh.OWNER).isEmpty())
                | flag(
                        TpmaPermanent.ENDORSEMENT_AUTH_SET,
                        !hierarchies.authValue(TpmRh.ENDORSEMENT).isEmpty())
                | flag(
                        TpmaPermanent.LOCKOUT_AUTH_SET,
                        !hierarchies.authValue(TpmRh.LOCKOUT).isEmpty())
                | flag(TpmaPermanent.DISABLE_CLEAR, hierarchies.clearDisabled())
                | flag(TpmaPermanent.IN_LOCKOUT, tpm.dictionaryAttack().inLockout())
                | TpmaPermanent.TPM_GENERATED_EPS;
    }

    private int startupClear() {
        Hierarchies hierarchies = tpm.hierarchies();
        return flag(TpmaStartupClear.PH_ENABLE, hierarchies.enabled(TpmRh.PLATFORM))
                | flag(TpmaStartupClear.SH_ENABLE, hierarchies.enabled(TpmRh.OWNER))
                | flag(TpmaStartupClear.EH_ENABLE, hierarchies.enabled(TpmRh.ENDORSEMENT))
                | flag(TpmaStartupClear.PH_ENABLE_NV, hierarchies.enabled(TpmRh.PLATFORM_NV))
                | flag(TpmaStartupClear.READ_ONLY, tpm.readOnlyMode().active())
                | flag(TpmaStartupClear.ORDERLY, tpm.startup().wasOrderly());
    }

    private static int flag(int bit, boolean set) {
        return set ? bit : 0;
    }

    private static int text(String fourCharacters) {
        byte[] bytes = fourCharacters.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(bytes).getInt();
    }
}
