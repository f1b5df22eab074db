"""Sessions and what policies are made of (Part 3, clauses 11 and 23)."""
from keys import handle_part
from wire import (AES, CFB, CODES, ENDORSEMENT, LOCKOUT, NULL, OWNER, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, SHA512, XOR, b2,
                  pcr_selection, u16, u32, u64, u8)


def start(g):
    kind = g.pick((0, 0, 1, 1, 1, 3, 2 if g.chance(0.05) else 3))
    algorithm = g.pick((SHA256, SHA256, SHA1, SHA384, SHA512))
    symmetric = g.pick((u16(NULL), u16(NULL), u16(XOR) + u16(SHA256)))
    if g.chance(0.05):
        symmetric = g.pick((u16(XOR) + u16(NULL), u16(AES) + u16(128) + u16(CFB), u16(0xFFFF), u16(AES) + u16(64) + u16(CFB)))
    nonce = g.data(16, 16, 20, 32, 15, 64, 65) if g.chance(0.1) else g.data(16)
    bind, bind_auth = RH_NULL, None
    if kind == 0 and g.chance(0.25):
        bind = g.pick((OWNER, LOCKOUT, g.object()))
        bind_auth = g.value(bind)
    key = RH_NULL if g.chance(0.95) else g.object("storage")
    return g.step("StartAuthSession", (key, bind), 0, (b2(nonce), b2(), u8(kind), symmetric, u16(algorithm)),
                  ("session", dict(type=kind, sym=int.from_bytes(symmetric[:2], "big"), hash=algorithm, bound=bind if bind_auth is not None
                                   else None)),
                  (algorithm, nonce, None if bind_auth is None else bind_auth.rstrip(b"\0")))


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


OPERATIONS = [(1, start), (20, start_when_few), (12, flush_session), (14, simple), (3, pcr), (3, either), (4, secret), (3, counter_timer), (3, nv),
              (1, duplication), (1, authorize), (1, signed), (1, ticket)]
