"""Sessions and what policies are made of (Part 3, clauses 11 and 23)."""
from keys import handle_part
from salt import salted
from wire import (AES, CAMELLIA, CFB, CODES, CTR, ENDORSEMENT, LOCKOUT, NULL, OWNER, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, SHA512, XOR, b2,
                  pcr_selection, u16, u32, u64, u8)

HASHES = (SHA256, SHA256, SHA1, SHA384, SHA512)


def symmetric_definition(g):
    bits = g.pick((128, 256)) if g.chance(0.98) else 192
    if g.chance(0.06):
        return g.pick((u16(XOR) + u16(NULL), u16(0xFFFF), u16(AES) + u16(64) + u16(CFB), u16(AES) + u16(128) + u16(CTR), u16(AES) + u16(128) + u16(NULL)))
    if g.full and g.chance(0.1):
        return u16(CAMELLIA) + u16(bits) + u16(CFB)
    return g.pick((u16(NULL), u16(NULL), u16(XOR) + u16(g.pick(HASHES)), u16(AES) + u16(bits) + u16(CFB), u16(AES) + u16(bits) + u16(CFB)))


def start_step(g, kind, algorithm, symmetric, plain=False, number=None):
    """TPM2_StartAuthSession, `plain` without salt and bound entity."""
    size = {SHA1: 20, SHA384: 48, SHA512: 64}.get(algorithm, 32)
    nonce = g.data(16, size, size, 15, size + 1, 65) if g.chance(0.1) and not plain else g.data(16, 16, 20)
    bind, key, secret, salt = RH_NULL, RH_NULL, None, b2()
    if not plain and g.chance(0.3):
        bind = g.pick((OWNER, LOCKOUT, ENDORSEMENT, PLATFORM, 16, g.pick(g.model.indices, OWNER), g.object(), g.object()))
        secret = g.value(bind).rstrip(b"\0")
    if not plain and g.chance(0.25):
        key = g.object("storage", "rsastorage", "ecdh", "rsadecrypt")
        secret, salt = salted(key, g.random.randbytes(16), secret or b"")
        if g.chance(0.05):
            salt = b2(g.data(0, 32, 256))
    if g.chance(0.01):
        salt = b2(g.data(1, 32))
    bound = g.binding(bind) if kind == 0 and bind != RH_NULL else None
    return g.step("StartAuthSession", (key, bind), 0, (b2(nonce), salt, u8(kind), symmetric, u16(algorithm)),
                  ("session", dict(type=kind, sym=int.from_bytes(symmetric[:2], "big"), hash=algorithm, bound=bound, keyed=secret is not None)),
                  (algorithm, nonce, secret, symmetric))


def start(g):
    kind = g.pick((0, 0, 0, 1, 1, 3, 2 if g.chance(0.05) else 3))
    return start_step(g, kind, g.pick(HASHES), symmetric_definition(g))


def start_when_few(g):
    return start(g) if len(g.model.sessions) < 3 else None


def flush_session(g):
    if len(g.model.sessions) < 3:
        return None
    session = g.pick(g.model.sessions)
    return g.step("FlushContext", (), 0, (handle_part(session),), ("gone", session))


def session(g):
    """A policy or trial session; seldom something else."""
    fit = [s for s, info in g.model.sessions.items() if info["type"] in (1, 3)]
    if not fit:
        g.unless_rare()
    if g.chance(0.04) or not fit:
        return g.pick(list(g.model.sessions), 0x03000000)
    return g.pick(fit)


def size_of(g, handle):
    return {SHA1: 20, SHA384: 48, SHA512: 64}.get(g.model.sessions.get(handle, {}).get("hash"), 32)


def digest(g, handle):
    size = size_of(g, handle)
    return b"d" * size if g.chance(0.9) else g.data(0, 20, 32, 48, 64, 65)


def simple(g):
    """Those with at most one plain parameter."""
    s = session(g)
    name, part, effect = g.pick((
        ("PolicyAuthValue", b"", ("session_state", s, dict(value=True, password=False))),
        ("PolicyPassword", b"", ("session_state", s, dict(password=True, value=False))),
        ("PolicyCommandCode", u32(g.pick(list(CODES.values()) + [0x100, 0x11E])), ()),
        ("PolicyLocality", u8(g.pick((1, 1, 3, 31, 32, 64, 255, 0))), ()),
        ("PolicyNvWritten", u8(g.pick((0, 1, 1, 2))), ()), ("PolicyPhysicalPresence", b"", ()),
        ("PolicyCpHash", b2(digest(g, s)), ()), ("PolicyNameHash", b2(digest(g, s)), ()), ("PolicyTemplate", b2(digest(g, s)), ()),
        ("PolicyParameters", b2(digest(g, s)), ()),
        ("PolicyRestart", b"", ("session_state", s, dict(password=False, value=False))), ("PolicyGetDigest", b"", ()),
        ("PolicyGetDigest", b"", ()), ("PolicyGetDigest", b"", ())))
    return g.step(name, (s,), 0, (part,) if part else (), effect)


def pcr(g):
    s = session(g)
    chosen = g.pick((pcr_selection((SHA256, 0x81)), pcr_selection((SHA1, 1), (SHA256, 0x10000)), u32(0), pcr_selection((SHA512, 0x800000)),
                     pcr_selection((SHA256, 0)), u32(1) + u16(SHA256) + b"\4\1\0\0\0", u32(1) + u16(SHA256) + b"\2\1\0", u32(17)))
    return g.step("PolicyPCR", (s,), 0, (b2(g.pick((b"", b"", b"", b"p" * 32, b"p" * 20))), chosen))


def either(g):
    s = session(g)
    size = size_of(g, s)
    count = g.pick((2, 2, 3, 8, 1, 9, 0))
    branches = [bytes(size) if i == 0 else b"e" * size for i in range(count)]
    if g.chance(0.08) and branches:
        branches[-1] = g.data(0, 20, 32, 65)
    return g.step("PolicyOR", (s,), 0, (u32(count), b"".join(b2(b) for b in branches)))


def secret(g):
    s = session(g)
    entity = g.pick((OWNER, ENDORSEMENT, LOCKOUT, PLATFORM, RH_NULL, g.object(), g.pick(g.model.indices, OWNER)))
    expiration = g.pick((0, 0, 0, 1000, -1000, 0xFFFFFFFF))
    return g.step("PolicySecret", (entity, s), 1, (b2(wrong_nonce(g)), b2(g.pick((b"", b"", digest(g, s)))), b2(g.data(0, 0, 8)), u32(expiration)))


def wrong_nonce(g):
    return g.pick((b"", b"", b"", b"n" * 16))


def counter_timer(g):
    s = session(g)
    operand, offset = g.pick(((u64(0), 0), (u64(1 << 60), 8), (u32(2), 16), (u32(0), 20), (u8(1), 24), (u8(0), 25), (b"", 0), (u64(0) * 4, 0),
                              (b"x", 24)))
    return g.step("PolicyCounterTimer", (s,), 0, (b2(operand), u16(offset), u16(g.pick(range(13)))))


def nv(g):
    s = session(g)
    index = g.pick(g.model.indices, 0x01000001)
    who = g.pick((index, index, OWNER, PLATFORM))
    if g.chance(0.2):
        return g.step("PolicyAuthorizeNV", (who, index, s), 1)
    return g.step("PolicyNV", (who, index, s), 1, (b2(g.data(0, 1, 8, 32)), u16(g.pick((0, 0, 1, 8, 64))), u16(g.pick(range(13)))))


def duplication(g):
    s = session(g)
    return g.step("PolicyDuplicationSelect", (s,), 0,
                  (b2(b"\0\x0b" + b"o" * 32), b2(g.pick((b"", b"\0\x0b" + b"n" * 32))), u8(g.pick((0, 1, 1, 2)))))


def authorize(g):
    s = session(g)
    ticket = u16(g.pick((0x8022, 0x8022, 0x8021))) + u32(g.pick((RH_NULL, OWNER))) + b2(g.pick((b"", b"t" * 32, b"t" * 64)))
    approved = g.pick((bytes(size_of(g, s)), b"", b"a" * 32))
    return g.step("PolicyAuthorize", (s,), 0, (b2(approved), b2(g.data(0, 8)), b2(g.pick((b"\0\x0b" + b"k" * 32, b"", b"\0", b"\xff\xff" + b"k" * 32))), ticket))


def signed(g):
    s = session(g)
    key = g.object("eccsign", "rsasign", "hmac")
    signature = g.pick((u16(5) + u16(SHA256) + b"m" * 32, u16(0x18) + u16(SHA256) + b2(b"r" * 32) + b2(b"s" * 32), u16(NULL)))
    return g.step("PolicySigned", (key, s), 0, (b2(), b2(), b2(), u32(0), signature))


def ticket(g):
    s = session(g)
    return g.step("PolicyTicket", (s,), 0, (b2(g.data(8, 0, 9)), b2(), b2(), b2(u32(OWNER)), u16(g.pick((0x8023, 0x8025, 0x8021))) + u32(OWNER)
                                            + b2(b"t" * 64)))


def audit_digest(g):
    """Of a session that audits; the signature would be random."""
    audits = [s for s, info in g.model.sessions.items() if info.get("audits")]
    if not audits:
        return None
    return g.step("GetSessionAuditDigest", (ENDORSEMENT, g.pick((RH_NULL, RH_NULL, g.object("ak", "eccsign"))), g.pick(audits)), 2,
                  (b2(g.data(0, 8)), u16(NULL)))


OPERATIONS = [(1.5, audit_digest), (1, start), (20, start_when_few), (12, flush_session), (14, simple), (3, pcr), (3, either), (4, secret), (3, counter_timer), (3, nv),
              (1, duplication), (1, authorize), (1, signed), (1, ticket)]
