"""NV indices of every type (Part 3, clause 31)."""
from wire import DIGEST_SIZE, LOCKOUT, NULL, OWNER, PLATFORM, SHA1, SHA256, SHA384, SHA512, b2, u16, u32, u64

ORDINARY, COUNTER, BITS, EXTEND, PIN_FAIL, PIN_PASS = 0, 1, 2, 4, 8, 9
PPWRITE, OWNERWRITE, AUTHWRITE, POLICYWRITE = 1, 2, 4, 8
POLICY_DELETE, WRITELOCKED, WRITEALL, WRITEDEFINE, WRITE_STCLEAR, GLOBALLOCK = 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000
PPREAD, OWNERREAD, AUTHREAD, POLICYREAD = 0x10000, 0x20000, 0x40000, 0x80000
NO_DA, ORDERLY, CLEAR_STCLEAR, READ_STCLEAR, PLATFORMCREATE = 0x2000000, 0x4000000, 0x8000000, 0x80000000, 0x40000000
HANDLES = tuple(0x01000001 + i for i in range(6)) + (0x01400001, 0x01C00002, 0x01800001)


def define(g):
    hierarchy = g.pick((OWNER, OWNER, PLATFORM))
    handle = g.pick(HANDLES)
    kind = g.pick((ORDINARY, ORDINARY, ORDINARY, COUNTER, BITS, EXTEND, PIN_FAIL, PIN_PASS))
    algorithm = g.pick((SHA256, SHA256, SHA1, SHA384, SHA512))
    attributes = kind << 4 | OWNERWRITE | OWNERREAD | AUTHWRITE | AUTHREAD | g.pick((NO_DA, NO_DA, 0))
    if kind == PIN_FAIL:
        attributes = (attributes | NO_DA) & ~AUTHWRITE
    if kind == PIN_PASS:
        attributes &= ~AUTHWRITE
    for flag in (WRITEALL, WRITEDEFINE, WRITE_STCLEAR, GLOBALLOCK, ORDERLY, CLEAR_STCLEAR, READ_STCLEAR, POLICYWRITE, POLICYREAD, PPREAD, PPWRITE):
        if g.chance(0.12):
            attributes |= flag
    if hierarchy == PLATFORM:
        attributes |= PLATFORMCREATE
    if g.chance(0.1):
        attributes ^= 1 << g.pick(range(32))
    size = {COUNTER: 8, BITS: 8, EXTEND: {SHA1: 20, SHA256: 32, SHA384: 48, SHA512: 64}[algorithm], PIN_FAIL: 8, PIN_PASS: 8}.get(
        kind, g.pick((0, 1, 8, 32, 64, 100, 512, 2048)))
    if g.chance(0.06):
        size, algorithm = g.pick((0, 7, 9, 2048, 2049, 65535)), g.pick((algorithm, NULL, 0x12))
    auth, policy = g.password(), b""
    if g.chance(0.3):
        policy = bytes(DIGEST_SIZE.get(algorithm, 32)) if g.chance(0.9) else g.data(20, 32, 33)
    public = u32(handle) + u16(algorithm) + u32(attributes) + b2(policy) + u16(size)
    info = dict(auth=auth, kind=kind, size=size, platform=hierarchy == PLATFORM)
    steps = [g.step("NV_DefineSpace", (hierarchy,), 1, (b2(auth), b2(public)), ("index", handle, info))]
    if handle in g.model.indices and g.chance(0.9):
        owner = PLATFORM if g.model.indices[handle]["platform"] else OWNER
        steps.insert(0, g.step("NV_UndefineSpace", (owner, handle), 1, (), ("gone", handle)))
    if g.chance(0.6):
        steps.append(written(g, handle, info))
    return steps


def index(g):
    if not g.model.indices:
        g.unless_rare()
    return g.pick(g.model.indices, g.pick(HANDLES)) if g.chance(0.95) else g.pick(HANDLES)


def who(g, handle):
    return g.pick((handle, handle, OWNER, OWNER, PLATFORM if g.chance(0.5) else OWNER, LOCKOUT if g.chance(0.2) else handle,
                   g.pick(HANDLES) if g.chance(0.1) else handle))


def undefine(g):
    handle = index(g)
    hierarchy = PLATFORM if g.model.indices.get(handle, {}).get("platform") else OWNER
    if g.chance(0.05):
        hierarchy = g.pick((PLATFORM, OWNER))
    if g.chance(0.03):
        return g.step("NV_UndefineSpaceSpecial", (handle, PLATFORM), 2, (), ("gone", handle), admin=True)
    return g.step("NV_UndefineSpace", (hierarchy, handle), 1, (), ("gone", handle))


def write(g):
    handle = index(g)
    return written(g, handle, g.model.indices.get(handle, {}))


def written(g, handle, info):
    kind, size = info.get("kind", 0), min(info.get("size", 8), 2048)
    name, params = g.pick((("NV_Write", None), ("NV_Increment", b""), ("NV_SetBits", u64(1 << g.random.randrange(64))), ("NV_Extend", b2(g.data(0, 5, 32)))))
    if g.chance(0.85):
        name = {COUNTER: "NV_Increment", BITS: "NV_SetBits", EXTEND: "NV_Extend"}.get(kind, "NV_Write")
        params = {COUNTER: b"", BITS: u64(1 << g.random.randrange(64)), EXTEND: b2(g.data(0, 5, 32, 1024))}.get(kind)
    if name == "NV_Write":
        offset = g.pick((0, 0, 0, size // 2, size, size + 1)) if g.chance(0.3) else 0
        amount = g.pick((size, size, max(0, size - offset), 1, 0, 1024, 1025))
        params = b2(g.random.randbytes(min(amount, 1025)) if kind < 8 else u32(g.pick((0, 1, 0))) + u32(g.pick((0, 1, 3, 100)))) + u16(offset)
    return g.step(name, (who(g, handle), handle), 1, (params,) if params else ())


def read(g):
    handle = index(g)
    size = g.model.indices.get(handle, {}).get("size", 8)
    if g.chance(0.15):
        return g.step("NV_ReadPublic", (handle,))
    amount = min(size, 1024) if g.chance(0.7) else g.pick((0, 1, size + 1, 1024, 1025, 2048))
    return g.step("NV_Read", (who(g, handle), handle), 1, (u16(amount), u16(0 if g.chance(0.8) else g.pick((1, size, size + 1)))))


def lock(g):
    handle = index(g)
    if g.chance(0.12):
        return g.step("NV_GlobalWriteLock", (g.pick((OWNER, PLATFORM)),), 1)
    return g.step(g.pick(("NV_WriteLock", "NV_ReadLock")), (who(g, handle), handle), 1)


def change_auth(g):
    handle, value = index(g), g.password()
    return g.step("NV_ChangeAuth", (handle,), 1, (b2(value),), ("auth", handle, value), admin=True)


def read_public(g):
    return g.step("NV_ReadPublic", (index(g),))


OPERATIONS = [(8, define), (3, undefine), (10, write), (8, read), (1.5, lock), (1, change_auth), (2, read_public)]
