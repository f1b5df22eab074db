"""Numbers and byte strings of the TPM 2.0 library specification, Part 2, as the generator needs them."""
import struct

SHA1, SHA256, SHA384, SHA512 = 4, 0xB, 0xC, 0xD
RSA, HMAC, AES, KEYEDHASH, XOR, NULL = 1, 5, 6, 8, 0xA, 0x10
RSASSA, RSAES, RSAPSS, OAEP, ECDSA, ECDH = 0x14, 0x15, 0x16, 0x17, 0x18, 0x19
KDF1_SP800_108, KDF1_SP800_56A, ECC, SYMCIPHER = 0x22, 0x20, 0x23, 0x25
TDES, CAMELLIA = 3, 0x26
CTR, OFB, CBC, CFB, ECB = 0x40, 0x41, 0x42, 0x43, 0x44
OWNER, RH_NULL, PASSWORD, LOCKOUT, ENDORSEMENT, PLATFORM = (
    0x40000001, 0x40000007, 0x40000009, 0x4000000A, 0x4000000B, 0x4000000C)
HASHES = {SHA1: "sha1", SHA256: "sha256", SHA384: "sha384", SHA512: "sha512"}
DIGEST_SIZE = {SHA1: 20, SHA256: 32, SHA384: 48, SHA512: 64}

CODES = dict(
    NV_UndefineSpaceSpecial=0x11F, EvictControl=0x120, HierarchyControl=0x121, NV_UndefineSpace=0x122, ChangeEPS=0x124,
    ChangePPS=0x125, Clear=0x126, ClearControl=0x127, ClockSet=0x128, HierarchyChangeAuth=0x129, NV_DefineSpace=0x12A,
    PCR_Allocate=0x12B, PCR_SetAuthPolicy=0x12C, PP_Commands=0x12D, SetPrimaryPolicy=0x12E, ClockRateAdjust=0x130,
    CreatePrimary=0x131, NV_GlobalWriteLock=0x132, GetCommandAuditDigest=0x133, NV_Increment=0x134, NV_SetBits=0x135,
    NV_Extend=0x136, NV_Write=0x137, NV_WriteLock=0x138, DictionaryAttackLockReset=0x139,
    DictionaryAttackParameters=0x13A, NV_ChangeAuth=0x13B, PCR_Event=0x13C, PCR_Reset=0x13D, SequenceComplete=0x13E,
    SetAlgorithmSet=0x13F, SetCommandCodeAuditStatus=0x140, IncrementalSelfTest=0x142, SelfTest=0x143, Startup=0x144,
    Shutdown=0x145, StirRandom=0x146, ActivateCredential=0x147, Certify=0x148, PolicyNV=0x149, CertifyCreation=0x14A,
    Duplicate=0x14B, GetTime=0x14C, GetSessionAuditDigest=0x14D, NV_Read=0x14E, NV_ReadLock=0x14F,
    ObjectChangeAuth=0x150, PolicySecret=0x151, Rewrap=0x152, Create=0x153, ECDH_ZGen=0x154, HMAC=0x155, Import=0x156,
    Load=0x157, Quote=0x158, RSA_Decrypt=0x159, HMAC_Start=0x15B, SequenceUpdate=0x15C, Sign=0x15D, Unseal=0x15E,
    PolicySigned=0x160, ContextLoad=0x161, ContextSave=0x162, ECDH_KeyGen=0x163, EncryptDecrypt=0x164,
    FlushContext=0x165, LoadExternal=0x167, MakeCredential=0x168, NV_ReadPublic=0x169, PolicyAuthorize=0x16A,
    PolicyAuthValue=0x16B, PolicyCommandCode=0x16C, PolicyCounterTimer=0x16D, PolicyCpHash=0x16E, PolicyLocality=0x16F,
    PolicyNameHash=0x170, PolicyOR=0x171, PolicyTicket=0x172, ReadPublic=0x173, RSA_Encrypt=0x174,
    StartAuthSession=0x176, VerifySignature=0x177, ECC_Parameters=0x178, FirmwareRead=0x179, GetCapability=0x17A,
    GetRandom=0x17B, GetTestResult=0x17C, Hash=0x17D, PCR_Read=0x17E, PolicyPCR=0x17F, PolicyRestart=0x180,
    ReadClock=0x181, PCR_Extend=0x182, PCR_SetAuthValue=0x183, NV_Certify=0x184, EventSequenceComplete=0x185,
    HashSequenceStart=0x186, PolicyPhysicalPresence=0x187, PolicyDuplicationSelect=0x188, PolicyGetDigest=0x189,
    TestParms=0x18A, Commit=0x18B, PolicyPassword=0x18C, ZGen_2Phase=0x18D, EC_Ephemeral=0x18E, PolicyNvWritten=0x18F,
    PolicyTemplate=0x190, CreateLoaded=0x191, PolicyAuthorizeNV=0x192, EncryptDecrypt2=0x193, AC_GetCapability=0x194,
    AC_Send=0x195, Policy_AC_SendSelect=0x196, CertifyX509=0x197, ACT_SetTimeout=0x198, ECC_Encrypt=0x199,
    ECC_Decrypt=0x19A, PolicyCapability=0x19B, PolicyParameters=0x19C, NV_DefineSpace2=0x19D, NV_ReadPublic2=0x19E,
    SetCapability=0x19F, ReadOnlyControl=0x1A0, PolicyTransportSPDM=0x1A1)
NAMES = {code: name for name, code in CODES.items()}


def u8(value):
    return struct.pack(">B", value & 0xFF)


def u16(value):
    return struct.pack(">H", value & 0xFFFF)


def u32(value):
    return struct.pack(">I", value & 0xFFFFFFFF)


def u64(value):
    return struct.pack(">Q", value & (1 << 64) - 1)


def b2(data=b""):
    """A TPM2B."""
    return u16(len(data)) + data


def pcr_selection(*banks):
    """A TPML_PCR_SELECTION of (hash, bit mask of 24 PCRs)."""
    return u32(len(banks)) + b"".join(u16(bank) + b"\3" + struct.pack("<I", mask)[:3] for bank, mask in banks)
