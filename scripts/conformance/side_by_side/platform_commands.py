"""PCRs, hierarchies, dictionary attack, clock, capabilities, tests, power (Part 3, clauses 9, 10, 16, 21, 22, 24 to 27, 29, 30)."""
from dataclasses import replace

from wire import (CODES, ENDORSEMENT, LOCKOUT, NULL, OWNER, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, SHA512, b2, pcr_selection, u16, u32, u64, u8)

SIZES = ((SHA1, 20), (SHA256, 32), (SHA384, 48), (SHA512, 64))


def pcr(g):
    number = g.pick((0, 1, 7, 10, 16, 16, 23, 23, 17, 20, 22, 24, RH_NULL))
    which = g.pick(("PCR_Extend", "PCR_Extend", "PCR_Event", "PCR_Reset", "PCR_Read", "PCR_Read"))
    if which == "PCR_Extend":
        banks = g.random.sample(SIZES, g.pick((1, 2, 4, 0)))
        return g.step(which, (number,), 1, (u32(len(banks)), b"".join(u16(a) + g.data(size) for a, size in banks)))
    if which == "PCR_Event":
        return g.step(which, (number,), 1, (b2(g.data(0, 5, 1024, 1025)),))
    if which == "PCR_Reset":
        return g.step(which, (number,), 1)
    return g.step(which, (), 0, (g.pick((pcr_selection((SHA256, 0xFF)), pcr_selection((SHA1, 0xFFFFFF), (SHA256, 0xFFFFFF)), pcr_selection((SHA512, 0x810001)),
                                         u32(0), pcr_selection((SHA256, 0), (SHA384, 3)), pcr_selection((0x12, 1)), u32(1) + u16(SHA256) + b"\4\1\0\0\0",
                                         u32(1) + u16(SHA256) + b"\2\1\0", u32(1) + u16(SHA256) + b"\3\0\0\1")),))


def pcr_settings(g):
    which = g.pick(("PCR_SetAuthValue", "PCR_SetAuthPolicy", "PCR_Allocate"))
    if which == "PCR_SetAuthValue":
        return g.step(which, (g.pick((0, 16, 20, 23)),), 1, (b2(g.data(0, 8)),))
    if which == "PCR_SetAuthPolicy":
        return g.step(which, (PLATFORM,), 1, (b2(g.pick((b"", bytes(32)))), u16(g.pick((SHA256, NULL))), u32(g.pick((0, 16, 20)))))
    return g.step(which, (PLATFORM,), 1, (pcr_selection((SHA256, 0xFFFFFF), (SHA1, g.pick((0, 0xFFFFFF)))),))


def hierarchy_auth(g):
    target, value = g.pick((OWNER, ENDORSEMENT, LOCKOUT, PLATFORM)), g.pick((g.password(), b"", b"z" * 64, b"z" * 65))
    return g.step("HierarchyChangeAuth", (target,), 1, (b2(value),), ("auth", target, value))


def hierarchy_rest(g):
    which = g.random.choices(("HierarchyControl", "SetPrimaryPolicy", "Clear", "ClearControl", "ChangeEPS", "ChangePPS"), (3, 4, 0.15, 2, 0.05, 0.05))[0]
    if which == "HierarchyControl":
        return g.step(which, (g.pick((PLATFORM, OWNER, ENDORSEMENT)),), 1, (u32(g.pick((OWNER, ENDORSEMENT, 0x4000000D, RH_NULL))), u8(g.pick((1, 1, 1, 1, 0, 2)))))
    if which == "SetPrimaryPolicy":
        policy = g.pick(((b"", NULL), (bytes(32), SHA256), (bytes(20), SHA1), (bytes(31), SHA256), (bytes(32), NULL)))
        return g.step(which, (g.pick((OWNER, ENDORSEMENT, LOCKOUT, PLATFORM)),), 1, (b2(policy[0]), u16(policy[1])))
    if which == "ClearControl":
        return g.step(which, (g.pick((LOCKOUT, PLATFORM)),), 1, (u8(g.pick((0, 1, 2))),))
    if which == "Clear":
        return g.step(which, (g.pick((LOCKOUT, PLATFORM)),), 1, (), ("cleared",))
    return g.step(which, (PLATFORM,), 1)


def lockout(g):
    if g.chance(0.6):
        return g.step("DictionaryAttackLockReset", (LOCKOUT,), 1)
    return g.step("DictionaryAttackParameters", (LOCKOUT,), 1, (u32(g.pick((32, 5, 1000))), u32(g.pick((1000, 10000))), u32(g.pick((1000, 10000)))))


def clock(g):
    which = g.pick(("ReadClock", "ReadClock", "ClockSet", "ClockRateAdjust"))
    if which == "ClockSet":
        return g.step(which, (g.pick((OWNER, PLATFORM)),), 1, (u64(g.pick((0, 1 << 63, 0xFFFFFFFFFFFFFFFF, 0xFFFF000000000000))),))
    if which == "ClockRateAdjust":
        return g.step(which, (g.pick((OWNER, PLATFORM)),), 1, (u8(g.pick((0, 1, 2, 3, 0xFD, 0xFC, 4))),))
    return g.step(which)


def capability(g):
    what, first = g.pick(((0, 0), (1, 0x01000000), (1, 0x02000000), (1, 0x03000000), (1, 0x40000000), (1, 0x80000000), (1, 0x81000000), (1, 0), (1, 0x90000000), (2, 0x11F),
                          (3, 0), (4, 0), (5, 0), (6, 0x100), (6, 0x200), (6, 0x113), (7, 0), (8, 0), (9, 0x40000000), (10, 0), (11, 0), (0x100, 0), (6, 0x300)))
    return g.step("GetCapability", (), 0, (u32(what), u32(first + g.pick((0, 0, 0, 1, 5))), u32(g.pick((0, 1, 5, 20, 64, 254, 0xFFFFFFFF)))))


def plain(g):
    which = g.pick(("GetRandom", "StirRandom", "SelfTest", "IncrementalSelfTest", "GetTestResult", "TestParms", "ECC_Parameters", "FirmwareRead"))
    params = {"GetRandom": u16(g.pick((0, 1, 16, 32, 64, 65, 0xFFFF))), "StirRandom": b2(g.data(0, 1, 128, 129)), "SelfTest": u8(g.pick((0, 1, 2))),
              "IncrementalSelfTest": u32(0), "GetTestResult": b"", "FirmwareRead": u32(0), "ECC_Parameters": u16(g.pick((3, 4, 5, 3, 0, 0x77))),
              "TestParms": g.pick((bytes.fromhex("0001000600800043001008000000"), bytes.fromhex("000100100010080000000000"), bytes.fromhex("002300100010000300100000"),
                                   bytes.fromhex("0023001000100003"), bytes.fromhex("00230010001000030010"), bytes.fromhex("000800050 00b".replace(" ", "")),
                                   bytes.fromhex("002500060100 0043".replace(" ", "")), bytes.fromhex("00080010"), bytes.fromhex("0001001000140 00b080000000000".replace(" ", "")),
                                   bytes.fromhex("00010010001008000000 0000".replace(" ", ""))))}[which]
    return g.step(which, (), 0, (params,) if params else ())


def audit(g):
    # Those that both have, for the digest of the list to be the same.
    both = [code for code in CODES.values() if code <= CODES["EncryptDecrypt2"] and code not in (CODES["PP_Commands"], CODES["SetAlgorithmSet"])]
    g.audits = True
    codes = [u32(g.pick(both)) for _ in range(g.pick((0, 1, 3)))]
    return g.step("SetCommandCodeAuditStatus", (g.pick((OWNER, PLATFORM)),), 1,
                  (u16(g.pick((NULL, NULL, SHA256, SHA1, 0x12))), u32(len(codes)), b"".join(codes), u32(0)))


def rare(g):
    which = g.pick(("PP_Commands", "SetAlgorithmSet", "unknown", "Startup"))
    if which == "PP_Commands":
        return g.step(which, (PLATFORM,), 1, (u32(0), u32(0)))
    if which == "SetAlgorithmSet":
        return g.step(which, (PLATFORM,), 1, (u32(g.pick((0, 0, 1))),))
    if which == "Startup":
        return g.step(which, (), 0, (u16(g.pick((0, 1, 2))),))
    return g.step("GetRandom", (), 0, (u16(4),)).mutated(("byte", 6 * 65536 // 12 + 1, g.pick((0x20, 0, 1, 2, 0xFF))))


def launch(g):
    """_TPM_Hash_Start takes a slot for objects in libtpms, and an object where all are in use; vtpmd needs none."""
    free = replace(g.step("FlushContext", (), 0, (u32(0x80000000),)), exact=True)
    signal = (g.pick(("hash", "hash", "hash_open")), *[g.data(0, 1, 64, 300) for _ in range(g.pick((0, 1, 2)))])
    read = g.step("PCR_Read", (), 0, (pcr_selection((SHA256, 0x7F0001), (SHA1, 0x20001)),))
    return [free, replace(read, signals=(signal,)), read]


def power(g):
    """A power cycle with or without the shutdown before it, and the startup that follows."""
    shutdown = g.pick((0, 1, 1, 0, None))
    startup = 1 if shutdown == 1 and g.chance(0.6) else g.pick((0, 0, 0, 1))
    steps = [g.step("Shutdown", (), 0, (u16(shutdown),))] if shutdown is not None else []
    # What is audited here is part of what was saved, so it undoes the shutdown; libtpms forgets it.
    if shutdown is not None and not g.audits and g.chance(0.3):
        steps.append(g.pick((pcr, pcr_settings, clock, lockout, hierarchy_auth, hierarchy_rest))(g))
    signals = ()
    if g.chance(0.15):
        signals = ((g.pick(("hash", "hash", "hash_open")), *[g.data(0, 20, 100) for _ in range(g.pick((0, 1, 2)))]),)
    if g.chance(0.2):
        signals += (("locality", g.pick((0, 1, 2, 3, 3, 3, 4))),)
    steps.append(replace(g.step("Startup", (), 0, (u16(startup),), ("started", startup)), power=True, signals=signals))
    if startup == 1 or signals:
        # libtpms forgets in a Startup(STATE) that fails that an authorization value was used, unless there is power anew.
        steps.append(replace(g.step("Startup", (), 0, (u16(0),), ("started",)), power=shutdown is None or g.chance(0.5), signals=()))
    return steps


OPERATIONS = [(9, pcr), (1, pcr_settings), (2, hierarchy_auth), (2, hierarchy_rest), (3, lockout), (3, clock), (6, capability), (5, plain), (0.7, audit),
              (0.5, rare), (0.9, power), (0.15, launch)]
