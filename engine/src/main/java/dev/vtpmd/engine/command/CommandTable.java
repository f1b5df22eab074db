package dev.vtpmd.engine.command;

import dev.vtpmd.engine.command.asymmetric.EccDecrypt;
import dev.vtpmd.engine.command.asymmetric.EccEncrypt;
import dev.vtpmd.engine.command.asymmetric.EccParameters;
import dev.vtpmd.engine.command.asymmetric.EcdhKeyGen;
import dev.vtpmd.engine.command.asymmetric.EcdhZGen;
import dev.vtpmd.engine.command.asymmetric.RsaDecrypt;
import dev.vtpmd.engine.command.asymmetric.RsaEncrypt;
import dev.vtpmd.engine.command.asymmetric.ZGen2Phase;
import dev.vtpmd.engine.command.attachedcomponent.AcGetCapability;
import dev.vtpmd.engine.command.attachedcomponent.AcSend;
import dev.vtpmd.engine.command.attachedcomponent.PolicyAcSendSelect;
import dev.vtpmd.engine.command.attestation.Certify;
import dev.vtpmd.engine.command.attestation.CertifyCreation;
import dev.vtpmd.engine.command.attestation.CertifyX509;
import dev.vtpmd.engine.command.attestation.GetCommandAuditDigest;
import dev.vtpmd.engine.command.attestation.GetSessionAuditDigest;
import dev.vtpmd.engine.command.attestation.GetTime;
import dev.vtpmd.engine.command.attestation.Quote;
import dev.vtpmd.engine.command.audit.SetCommandCodeAuditStatus;
import dev.vtpmd.engine.command.capability.GetCapability;
import dev.vtpmd.engine.command.capability.SetCapability;
import dev.vtpmd.engine.command.capability.TestParms;
import dev.vtpmd.engine.command.clock.ClockRateAdjust;
import dev.vtpmd.engine.command.clock.ClockSet;
import dev.vtpmd.engine.command.clock.ReadClock;
import dev.vtpmd.engine.command.context.ContextLoad;
import dev.vtpmd.engine.command.context.ContextSave;
import dev.vtpmd.engine.command.context.EvictControl;
import dev.vtpmd.engine.command.context.FlushContext;
import dev.vtpmd.engine.command.countdown.ActSetTimeout;
import dev.vtpmd.engine.command.dictionaryattack.DictionaryAttackLockReset;
import dev.vtpmd.engine.command.dictionaryattack.DictionaryAttackParameters;
import dev.vtpmd.engine.command.duplication.Duplicate;
import dev.vtpmd.engine.command.duplication.Import;
import dev.vtpmd.engine.command.duplication.Rewrap;
import dev.vtpmd.engine.command.ephemeral.Commit;
import dev.vtpmd.engine.command.ephemeral.EcEphemeral;
import dev.vtpmd.engine.command.hierarchy.ChangeEps;
import dev.vtpmd.engine.command.hierarchy.ChangePps;
import dev.vtpmd.engine.command.hierarchy.Clear;
import dev.vtpmd.engine.command.hierarchy.ClearControl;
import dev.vtpmd.engine.command.hierarchy.CreatePrimary;
import dev.vtpmd.engine.command.hierarchy.HierarchyChangeAuth;
import dev.vtpmd.engine.command.hierarchy.HierarchyControl;
import dev.vtpmd.engine.command.hierarchy.ReadOnlyControl;
import dev.vtpmd.engine.command.hierarchy.SetPrimaryPolicy;
import dev.vtpmd.engine.command.miscellaneous.PpCommands;
import dev.vtpmd.engine.command.miscellaneous.SetAlgorithmSet;
import dev.vtpmd.engine.command.nv.NvCertify;
import dev.vtpmd.engine.command.nv.NvChangeAuth;
import dev.vtpmd.engine.command.nv.NvDefineSpace;
import dev.vtpmd.engine.command.nv.NvDefineSpace2;
import dev.vtpmd.engine.command.nv.NvExtend;
import dev.vtpmd.engine.command.nv.NvGlobalWriteLock;
import dev.vtpmd.engine.command.nv.NvIncrement;
import dev.vtpmd.engine.command.nv.NvRead;
import dev.vtpmd.engine.command.nv.NvReadLock;
import dev.vtpmd.engine.command.nv.NvReadPublic;
import dev.vtpmd.engine.command.nv.NvReadPublic2;
import dev.vtpmd.engine.command.nv.NvSetBits;
import dev.vtpmd.engine.command.nv.NvUndefineSpace;
import dev.vtpmd.engine.command.nv.NvUndefineSpaceSpecial;
import dev.vtpmd.engine.command.nv.NvWrite;
import dev.vtpmd.engine.command.nv.NvWriteLock;
import dev.vtpmd.engine.command.object.ActivateCredential;
import dev.vtpmd.engine.command.object.Create;
import dev.vtpmd.engine.command.object.CreateLoaded;
import dev.vtpmd.engine.command.object.Load;
import dev.vtpmd.engine.command.object.LoadExternal;
import dev.vtpmd.engine.command.object.MakeCredential;
import dev.vtpmd.engine.command.object.ObjectChangeAuth;
import dev.vtpmd.engine.command.object.ReadPublic;
import dev.vtpmd.engine.command.object.Unseal;
import dev.vtpmd.engine.command.pcr.PcrAllocate;
import dev.vtpmd.engine.command.pcr.PcrEvent;
import dev.vtpmd.engine.command.pcr.PcrExtend;
import dev.vtpmd.engine.command.pcr.PcrRead;
import dev.vtpmd.engine.command.pcr.PcrReset;
import dev.vtpmd.engine.command.pcr.PcrSetAuthPolicy;
import dev.vtpmd.engine.command.pcr.PcrSetAuthValue;
import dev.vtpmd.engine.command.policy.PolicyAuthValue;
import dev.vtpmd.engine.command.policy.PolicyAuthorize;
import dev.vtpmd.engine.command.policy.PolicyAuthorizeNv;
import dev.vtpmd.engine.command.policy.PolicyBoundHash;
import dev.vtpmd.engine.command.policy.PolicyCapability;
import dev.vtpmd.engine.command.policy.PolicyCommandCode;
import dev.vtpmd.engine.command.policy.PolicyCounterTimer;
import dev.vtpmd.engine.command.policy.PolicyDuplicationSelect;
import dev.vtpmd.engine.command.policy.PolicyGetDigest;
import dev.vtpmd.engine.command.policy.PolicyLocality;
import dev.vtpmd.engine.command.policy.PolicyNv;
import dev.vtpmd.engine.command.policy.PolicyNvWritten;
import dev.vtpmd.engine.command.policy.PolicyOr;
import dev.vtpmd.engine.command.policy.PolicyPassword;
import dev.vtpmd.engine.command.policy.PolicyPcr;
import dev.vtpmd.engine.command.policy.PolicyPhysicalPresence;
import dev.vtpmd.engine.command.policy.PolicySecret;
import dev.vtpmd.engine.command.policy.PolicySigned;
import dev.vtpmd.engine.command.policy.PolicyTicket;
import dev.vtpmd.engine.command.policy.PolicyTransportSpdm;
import dev.vtpmd.engine.command.random.GetRandom;
import dev.vtpmd.engine.command.random.StirRandom;
import dev.vtpmd.engine.command.sequence.EventSequenceComplete;
import dev.vtpmd.engine.command.sequence.HashSequenceStart;
import dev.vtpmd.engine.command.sequence.MacStart;
import dev.vtpmd.engine.command.sequence.SequenceComplete;
import dev.vtpmd.engine.command.sequence.SequenceUpdate;
import dev.vtpmd.engine.command.session.PolicyRestart;
import dev.vtpmd.engine.command.session.StartAuthSession;
import dev.vtpmd.engine.command.signature.Sign;
import dev.vtpmd.engine.command.signature.VerifySignature;
import dev.vtpmd.engine.command.startup.Shutdown;
import dev.vtpmd.engine.command.startup.Startup;
import dev.vtpmd.engine.command.symmetric.EncryptDecrypt;
import dev.vtpmd.engine.command.symmetric.EncryptDecrypt2;
import dev.vtpmd.engine.command.symmetric.Hash;
import dev.vtpmd.engine.command.symmetric.Mac;
import dev.vtpmd.engine.command.testing.GetTestResult;
import dev.vtpmd.engine.command.testing.IncrementalSelfTest;
import dev.vtpmd.engine.command.testing.SelfTest;
import dev.vtpmd.engine.session.PolicyHash;
import dev.vtpmd.protocol.constant.TpmCc;

import java.util.ArrayList;
import java.util.List;

import static dev.vtpmd.engine.CommandCost.DURABLE;
import static dev.vtpmd.engine.CommandCost.KEY_GENERATION;
import static dev.vtpmd.engine.CommandCost.PRIVATE_KEY;
import static dev.vtpmd.engine.command.AuthRole.ADMIN;
import static dev.vtpmd.engine.command.AuthRole.DUP;
import static dev.vtpmd.engine.command.AuthRole.USER;
import static dev.vtpmd.engine.command.CommandRow.command;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_DH_CONTEXT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_DH_ENTITY;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_DH_OBJECT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_DH_PARENT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_DH_PCR;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_AC;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_ACT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_BASE_HIERARCHY;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_CLEAR;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_ENDORSEMENT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_HIERARCHY;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_HIERARCHY_AUTH;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_HIERARCHY_POLICY;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_LOCKOUT;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_NV_AUTH;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_NV_DEFINED_INDEX;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_NV_INDEX;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_PLATFORM;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_RH_PROVISION;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_SH_HMAC;
import static dev.vtpmd.protocol.handle.HandleType.TPMI_SH_POLICY;

/**
 * The commands that this TPM implements, by ascending command code. What is not here does not exist: it is answered with
 * TPM_RC_COMMAND_CODE and not listed by TPM2_GetCapability.
 *
 * <p>To add a command, write a {@link Command} in the package of its chapter of Part 3, and its row here.
 */
public final class CommandTable {
    private static final int FIRST = 0x11F;

    private final CommandRow[] byCode = new CommandRow[0x100];
    private final List<CommandRow> rows;

    /** All commands. */
    public CommandTable() {
        List<CommandRow> all = new ArrayList<>();
        for (CommandRow.Builder row : rowsOfTheLibrary()) {
            all.add(row.build());
        }
        rows = List.copyOf(all);
        for (CommandRow row : rows) {
            byCode[row.code().value() - FIRST] = row;
        }
    }

    /** The row of the command with this code, or null. */
    public CommandRow find(int code) {
        int index = code - FIRST;
        return index >= 0 && index < byCode.length ? byCode[index] : null;
    }

    /** The rows of all commands, by ascending command code. */
    public List<CommandRow> rows() {
        return rows;
    }

    private List<CommandRow.Builder> rowsOfTheLibrary() {
        return List.of(
                command(TpmCc.NV_UNDEFINE_SPACE_SPECIAL, new NvUndefineSpaceSpecial())
                        .handle(TPMI_RH_NV_DEFINED_INDEX, ADMIN)
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.EVICT_CONTROL, new EvictControl())
                        .handle(TPMI_RH_PROVISION, USER)
                        .handle(TPMI_DH_OBJECT)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.HIERARCHY_CONTROL, new HierarchyControl())
                        .handle(TPMI_RH_BASE_HIERARCHY, USER)
                        .nv()
                        .extensive()
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.NV_UNDEFINE_SPACE, new NvUndefineSpace())
                        .handle(TPMI_RH_PROVISION, USER)
                        .handle(TPMI_RH_NV_DEFINED_INDEX)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CHANGE_EPS, new ChangeEps())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .extensive()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CHANGE_PPS, new ChangePps())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .extensive()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CLEAR, new Clear())
                        .handle(TPMI_RH_CLEAR, USER)
                        .nv()
                        .extensive()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CLEAR_CONTROL, new ClearControl())
                        .handle(TPMI_RH_CLEAR, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CLOCK_SET, new ClockSet())
                        .handle(TPMI_RH_PROVISION, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.HIERARCHY_CHANGE_AUTH, new HierarchyChangeAuth())
                        .handle(TPMI_RH_HIERARCHY_AUTH, USER)
                        .decrypts()
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.NV_DEFINE_SPACE, new NvDefineSpace())
                        .handle(TPMI_RH_PROVISION, USER)
                        .decrypts()
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.PCR_ALLOCATE, new PcrAllocate())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.PCR_SET_AUTH_POLICY, new PcrSetAuthPolicy())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .decrypts()
                        .nv()
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.PP_COMMANDS, new PpCommands(this))
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.SET_PRIMARY_POLICY, new SetPrimaryPolicy())
                        .handle(TPMI_RH_HIERARCHY_POLICY, USER)
                        .decrypts()
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CLOCK_RATE_ADJUST, new ClockRateAdjust())
                        .handle(TPMI_RH_PROVISION, USER)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.CREATE_PRIMARY, new CreatePrimary())
                        .handleOrNull(TPMI_RH_HIERARCHY, USER)
                        .returnsHandle()
                        .decrypts()
                        .encrypts()
                        .cost(KEY_GENERATION)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.NV_GLOBAL_WRITE_LOCK, new NvGlobalWriteLock())
                        .handle(TPMI_RH_PROVISION, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.GET_COMMAND_AUDIT_DIGEST, new GetCommandAuditDigest())
                        .handle(TPMI_RH_ENDORSEMENT, USER)
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .nv()
                        .cost(PRIVATE_KEY),
                command(TpmCc.NV_INCREMENT, new NvIncrement())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .nv()
                        .writesNvIndex()
                        .cost(DURABLE)
                        .refusedReadOnly(),
                command(TpmCc.NV_SET_BITS, new NvSetBits())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .nv()
                        .writesNvIndex()
                        .cost(DURABLE),
                command(TpmCc.NV_EXTEND, new NvExtend())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .decrypts()
                        .nv()
                        .writesNvIndex()
                        .cost(DURABLE),
                command(TpmCc.NV_WRITE, new NvWrite())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .decrypts()
                        .nv()
                        .writesNvIndex()
                        .cost(DURABLE),
                command(TpmCc.NV_WRITE_LOCK, new NvWriteLock())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .nv()
                        .writesNvIndex()
                        .cost(DURABLE),
                command(TpmCc.DICTIONARY_ATTACK_LOCK_RESET, new DictionaryAttackLockReset())
                        .handle(TPMI_RH_LOCKOUT, USER)
                        .nv()
                        .cost(DURABLE),
                command(TpmCc.DICTIONARY_ATTACK_PARAMETERS, new DictionaryAttackParameters())
                        .handle(TPMI_RH_LOCKOUT, USER)
                        .nv()
                        .cost(DURABLE)
                        .refusedReadOnly(),
                command(TpmCc.NV_CHANGE_AUTH, new NvChangeAuth())
                        .handle(TPMI_RH_NV_INDEX, ADMIN)
                        .decrypts()
                        .nv()
                        .cost(DURABLE)
                        .refusedReadOnly(),
                command(TpmCc.PCR_EVENT, new PcrEvent())
                        .handleOrNull(TPMI_DH_PCR, USER)
                        .decrypts()
                        .nv(),
                command(TpmCc.PCR_RESET, new PcrReset())
                        .handle(TPMI_DH_PCR, USER)
                        .nv(),
                command(TpmCc.SEQUENCE_COMPLETE, new SequenceComplete())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .flushed(),
                command(TpmCc.SET_ALGORITHM_SET, new SetAlgorithmSet())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .cost(DURABLE)
                        .refusedReadOnly(),
                command(TpmCc.SET_COMMAND_CODE_AUDIT_STATUS, new SetCommandCodeAuditStatus(this))
                        .handle(TPMI_RH_PROVISION, USER)
                        .nv()
                        .cost(DURABLE)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.INCREMENTAL_SELF_TEST, new IncrementalSelfTest())
                        .nv()
                        .cost(KEY_GENERATION),
                command(TpmCc.SELF_TEST, new SelfTest()).nv().cost(KEY_GENERATION),
                command(TpmCc.STARTUP, new Startup()).noSessions().nv().cost(DURABLE),
                command(TpmCc.SHUTDOWN, new Shutdown()).nv().cost(DURABLE),
                command(TpmCc.STIR_RANDOM, new StirRandom()).decrypts().nv(),
                command(TpmCc.ACTIVATE_CREDENTIAL, new ActivateCredential())
                        .handle(TPMI_DH_OBJECT, ADMIN)
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.CERTIFY, new Certify())
                        .handle(TPMI_DH_OBJECT, ADMIN)
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.POLICY_NV, new PolicyNv())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.CERTIFY_CREATION, new CertifyCreation())
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.DUPLICATE, new Duplicate())
                        .handle(TPMI_DH_OBJECT, DUP)
                        .handleOrNull(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.GET_TIME, new GetTime())
                        .handle(TPMI_RH_ENDORSEMENT, USER)
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.GET_SESSION_AUDIT_DIGEST, new GetSessionAuditDigest())
                        .handle(TPMI_RH_ENDORSEMENT, USER)
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .handle(TPMI_SH_HMAC)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.NV_READ, new NvRead())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .encrypts(),
                command(TpmCc.NV_READ_LOCK, new NvReadLock())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .nv()
                        .cost(DURABLE),
                command(TpmCc.OBJECT_CHANGE_AUTH, new ObjectChangeAuth())
                        .handle(TPMI_DH_OBJECT, ADMIN)
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .refusedReadOnly(),
                command(TpmCc.POLICY_SECRET, new PolicySecret())
                        .handle(TPMI_DH_ENTITY, USER)
                        .handle(TPMI_SH_POLICY)
                        .decrypts()
                        .encrypts(),
                command(TpmCc.REWRAP, new Rewrap())
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .handleOrNull(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.CREATE, new Create())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(KEY_GENERATION)
                        .refusedReadOnly(),
                command(TpmCc.ECDH_ZGEN, new EcdhZGen())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.MAC, new Mac())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts(),
                command(TpmCc.IMPORT, new Import())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.LOAD, new Load())
                        .handle(TPMI_DH_OBJECT, USER)
                        .returnsHandle()
                        .decrypts()
                        .encrypts(),
                command(TpmCc.QUOTE, new Quote())
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.RSA_DECRYPT, new RsaDecrypt())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.MAC_START, new MacStart())
                        .returnsHandle()
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts(),
                command(TpmCc.SEQUENCE_UPDATE, new SequenceUpdate())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts(),
                command(TpmCc.SIGN, new Sign())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.UNSEAL, new Unseal()).handle(TPMI_DH_OBJECT, USER).encrypts(),
                command(TpmCc.POLICY_SIGNED, new PolicySigned())
                        .handle(TPMI_DH_OBJECT)
                        .handle(TPMI_SH_POLICY)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.CONTEXT_LOAD, new ContextLoad()).noSessions().returnsHandle(),
                command(TpmCc.CONTEXT_SAVE, new ContextSave())
                        .handle(TPMI_DH_CONTEXT)
                        .noSessions(),
                command(TpmCc.ECDH_KEY_GEN, new EcdhKeyGen())
                        .handle(TPMI_DH_OBJECT)
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.ENCRYPT_DECRYPT, new EncryptDecrypt())
                        .handle(TPMI_DH_OBJECT, USER)
                        .encrypts(),
                command(TpmCc.FLUSH_CONTEXT, new FlushContext()).noSessions(),
                command(TpmCc.LOAD_EXTERNAL, new LoadExternal())
                        .returnsHandle()
                        .decrypts()
                        .encrypts(),
                command(TpmCc.MAKE_CREDENTIAL, new MakeCredential())
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts(),
                command(TpmCc.NV_READ_PUBLIC, new NvReadPublic())
                        .handle(TPMI_RH_NV_INDEX)
                        .encrypts(),
                command(TpmCc.POLICY_AUTHORIZE, new PolicyAuthorize())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_AUTH_VALUE, new PolicyAuthValue()).handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_COMMAND_CODE, new PolicyCommandCode(this)).handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_COUNTER_TIMER, new PolicyCounterTimer())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_CP_HASH, new PolicyBoundHash(PolicyHash.Kind.COMMAND))
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_LOCALITY, new PolicyLocality()).handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_NAME_HASH, new PolicyBoundHash(PolicyHash.Kind.NAMES))
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_OR, new PolicyOr()).handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_TICKET, new PolicyTicket())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.READ_PUBLIC, new ReadPublic())
                        .handle(TPMI_DH_OBJECT)
                        .encrypts(),
                command(TpmCc.RSA_ENCRYPT, new RsaEncrypt())
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.START_AUTH_SESSION, new StartAuthSession())
                        .handleOrNull(TPMI_DH_OBJECT)
                        .handleOrNull(TPMI_DH_ENTITY)
                        .returnsHandle()
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.VERIFY_SIGNATURE, new VerifySignature())
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.ECC_PARAMETERS, new EccParameters()),
                command(TpmCc.GET_CAPABILITY, new GetCapability(this)),
                command(TpmCc.GET_RANDOM, new GetRandom()).encrypts(),
                command(TpmCc.GET_TEST_RESULT, new GetTestResult()).encrypts(),
                command(TpmCc.HASH, new Hash()).decrypts().encrypts(),
                command(TpmCc.PCR_READ, new PcrRead()),
                command(TpmCc.POLICY_PCR, new PolicyPcr())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_RESTART, new PolicyRestart()).handle(TPMI_SH_POLICY),
                command(TpmCc.READ_CLOCK, new ReadClock()),
                command(TpmCc.PCR_EXTEND, new PcrExtend())
                        .handleOrNull(TPMI_DH_PCR, USER)
                        .nv(),
                command(TpmCc.PCR_SET_AUTH_VALUE, new PcrSetAuthValue())
                        .handle(TPMI_DH_PCR, USER)
                        .decrypts()
                        .refusedReadOnly(),
                command(TpmCc.NV_CERTIFY, new NvCertify())
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.EVENT_SEQUENCE_COMPLETE, new EventSequenceComplete())
                        .handleOrNull(TPMI_DH_PCR, USER)
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .nv()
                        .flushed(),
                command(TpmCc.HASH_SEQUENCE_START, new HashSequenceStart())
                        .returnsHandle()
                        .decrypts(),
                command(TpmCc.POLICY_PHYSICAL_PRESENCE, new PolicyPhysicalPresence())
                        .handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_DUPLICATION_SELECT, new PolicyDuplicationSelect())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_GET_DIGEST, new PolicyGetDigest())
                        .handle(TPMI_SH_POLICY)
                        .encrypts(),
                command(TpmCc.TEST_PARMS, new TestParms()),
                command(TpmCc.COMMIT, new Commit())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.POLICY_PASSWORD, new PolicyPassword()).handle(TPMI_SH_POLICY),
                command(TpmCc.ZGEN_2_PHASE, new ZGen2Phase())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.EC_EPHEMERAL, new EcEphemeral()).encrypts().cost(KEY_GENERATION),
                command(TpmCc.POLICY_NV_WRITTEN, new PolicyNvWritten()).handle(TPMI_SH_POLICY),
                command(TpmCc.POLICY_TEMPLATE, new PolicyBoundHash(PolicyHash.Kind.TEMPLATE))
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.CREATE_LOADED, new CreateLoaded())
                        .handleOrNull(TPMI_DH_PARENT, USER)
                        .returnsHandle()
                        .decrypts()
                        .encrypts()
                        .cost(KEY_GENERATION)
                        .physicalPresence()
                        .refusedReadOnly(),
                command(TpmCc.POLICY_AUTHORIZE_NV, new PolicyAuthorizeNv())
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_NV_INDEX)
                        .handle(TPMI_SH_POLICY),
                command(TpmCc.ENCRYPT_DECRYPT2, new EncryptDecrypt2())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts(),
                command(TpmCc.AC_GET_CAPABILITY, new AcGetCapability()).handle(TPMI_RH_AC),
                command(TpmCc.AC_SEND, new AcSend())
                        .handle(TPMI_DH_OBJECT, DUP)
                        .handle(TPMI_RH_NV_AUTH, USER)
                        .handle(TPMI_RH_AC)
                        .decrypts()
                        .writesNvIndex()
                        .cost(PRIVATE_KEY),
                command(TpmCc.POLICY_AC_SEND_SELECT, new PolicyAcSendSelect())
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.CERTIFY_X509, new CertifyX509())
                        .handle(TPMI_DH_OBJECT, ADMIN)
                        .handleOrNull(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.ACT_SET_TIMEOUT, new ActSetTimeout()).handle(TPMI_RH_ACT, USER),
                command(TpmCc.ECC_ENCRYPT, new EccEncrypt())
                        .handle(TPMI_DH_OBJECT)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.ECC_DECRYPT, new EccDecrypt())
                        .handle(TPMI_DH_OBJECT, USER)
                        .decrypts()
                        .encrypts()
                        .cost(PRIVATE_KEY),
                command(TpmCc.POLICY_CAPABILITY, new PolicyCapability(this))
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.POLICY_PARAMETERS, new PolicyBoundHash(PolicyHash.Kind.PARAMETERS))
                        .handle(TPMI_SH_POLICY)
                        .decrypts(),
                command(TpmCc.NV_DEFINE_SPACE2, new NvDefineSpace2())
                        .handle(TPMI_RH_PROVISION, USER)
                        .decrypts()
                        .nv()
                        .physicalPresence()
                        .cost(DURABLE)
                        .refusedReadOnly(),
                command(TpmCc.NV_READ_PUBLIC2, new NvReadPublic2())
                        .handle(TPMI_RH_NV_INDEX)
                        .encrypts(),
                command(TpmCc.SET_CAPABILITY, new SetCapability())
                        .handleOrNull(TPMI_RH_HIERARCHY_AUTH, USER)
                        .decrypts()
                        .nv()
                        .refusedReadOnly(),
                command(TpmCc.READ_ONLY_CONTROL, new ReadOnlyControl())
                        .handle(TPMI_RH_PLATFORM, USER)
                        .nv()
                        .physicalPresence(),
                command(TpmCc.POLICY_TRANSPORT_SPDM, new PolicyTransportSpdm())
                        .handle(TPMI_SH_POLICY)
                        .decrypts());
    }
}
