"""Objects: made, loaded, moved, certified to their names, saved and flushed (Part 3, clauses 12, 13, 28)."""
import hashlib

from step import Ref
from wire import (AES, CBC, CFB, CTR, DIGEST_SIZE, ECB, ECC, ECDH, ECDSA, ENDORSEMENT, HMAC, KEYEDHASH, NULL, OAEP, OFB, OWNER, PLATFORM, RH_NULL,
                  RSA, RSAES, RSAPSS, RSASSA, SHA1, SHA256, SHA384, SHA512, SYMCIPHER, XOR, b2, pcr_selection, u16, u32)

FIXED, ORIGIN, USER, NODA, RESTRICTED, DECRYPT, SIGN = 0x12, 0x20, 0x40, 0x400, 0x10000, 0x20000, 0x40000
AES128_CFB = u16(AES) + u16(128) + u16(CFB)
EMPTY = u16(NULL)


def area(kind, name_hash, attributes, policy, parameters, unique):
    return u16(kind) + u16(name_hash) + u32(attributes) + b2(policy) + parameters + unique


def templates(g):
    """(kind, attributes, type, parameters, unique) of a sensible object."""
    h = g.pick((SHA1, SHA256, SHA256, SHA384, SHA512))
    curve = g.pick((3, 3, 3, 4, 5))
    bits = g.pick((2048, 2048, 2048, 1024))
    mode = g.pick((CFB, CFB, CTR, OFB, CBC, ECB, NULL))
    size = g.pick((128, 256))
    point = b2() + b2()
    return {
        "storage": (RESTRICTED | DECRYPT, ECC, AES128_CFB + EMPTY + u16(curve) + EMPTY, point),
        "rsastorage": (RESTRICTED | DECRYPT, RSA, AES128_CFB + EMPTY + u16(2048) + u32(0), b2()),
        "eccsign": (SIGN, ECC, EMPTY + g.pick((EMPTY, u16(ECDSA) + u16(h))) + u16(curve) + EMPTY, point),
        "ak": (SIGN | RESTRICTED, ECC, EMPTY + u16(ECDSA) + u16(h) + u16(curve) + EMPTY, point),
        "ecdh": (DECRYPT, ECC, EMPTY + g.pick((EMPTY, u16(ECDH) + u16(h))) + u16(curve) + EMPTY, point),
        "rsasign": (SIGN, RSA, EMPTY + g.pick((EMPTY, u16(RSASSA) + u16(h), u16(RSAPSS) + u16(h))) + u16(bits) + u32(0), b2()),
        "rsadecrypt": (DECRYPT, RSA, EMPTY + g.pick((EMPTY, u16(RSAES), u16(OAEP) + u16(h))) + u16(bits) + u32(0), b2()),
        "hmac": (SIGN, KEYEDHASH, g.pick((EMPTY, u16(HMAC) + u16(h), u16(HMAC) + u16(h))), b2()),
        "xor": (DECRYPT, KEYEDHASH, u16(XOR) + u16(h) + u16(0x22), b2()),
        "sealed": (0, KEYEDHASH, EMPTY, b2()),
        "aes": (SIGN | DECRYPT, SYMCIPHER, u16(AES) + u16(size) + u16(mode), b2()),
        "derive": (RESTRICTED | DECRYPT, KEYEDHASH, u16(XOR) + u16(h) + u16(0x22), b2()),
        "symstorage": (RESTRICTED | DECRYPT, SYMCIPHER, AES128_CFB, b2()),
    }


WEIGHTS = dict(storage=6, rsastorage=0.15, eccsign=5, ak=4, ecdh=3, rsasign=0.3, rsadecrypt=0.3, hmac=4, xor=1, sealed=4, aes=4,
               derive=2, symstorage=2)


def template(g, kinds=None):
    """(kind, sensitive, public, auth), now and then with one attribute or number that does not fit."""
    kinds = kinds or list(WEIGHTS)
    kind = g.random.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
    extra, number, parameters, unique = templates(g)[kind]
    secret = g.data(1, 16, 32, 64, 128, 129) if kind == "sealed" or kind in ("hmac", "aes", "derive") and g.chance(0.2) else b""
    attributes = USER | extra | g.pick((FIXED, FIXED, FIXED, 0, 0x10, 2)) | g.pick((NODA, NODA, NODA, 0))
    if not secret:
        attributes |= ORIGIN
    if g.chance(0.06):
        attributes ^= 1 << g.pick((1, 2, 4, 5, 6, 7, 10, 11, 16, 17, 18, 19, 0, 3, 8, 9, 31))
    if g.chance(0.05):
        parameters = g.pick([t[2] for t in templates(g).values()])
    name_hash = g.pick((SHA256, SHA256, SHA256, SHA1, SHA384, SHA512, NULL if g.chance(0.1) else SHA256))
    policy = g.pick((b"", b"", bytes(DIGEST_SIZE.get(name_hash, 32)))) if g.chance(0.96) else g.data(20, 31, 48, 64)
    if g.chance(0.05):
        unique = g.pick((b2(b"u" * 32), b2(b"a" * 32) + b2(b"b" * 32), b2(g.data(64))))
    auth = g.password()
    return (kind, b2(b2(auth) + b2(secret)), area(number, name_hash, attributes, policy, parameters, unique),
            dict(kind=kind, auth=auth))


def creation_pcrs(g):
    return g.pick((u32(0), u32(0), pcr_selection((SHA256, 0x81)), pcr_selection((SHA1, 3), (SHA256, 0x10000)), pcr_selection((SHA256, 0))))


def create_primary(g):
    _, sensitive, public, info = template(g)
    hierarchy = g.pick((OWNER, OWNER, ENDORSEMENT, PLATFORM, RH_NULL, 0x40000010 if g.chance(0.05) else OWNER))
    return g.step("CreatePrimary", (hierarchy,), 1, (sensitive, b2(public), b2(g.data(0, 0, 8)), creation_pcrs(g)),
                  ("object", dict(info, hierarchy=hierarchy)))


def create(g):
    parent = g.object("storage", "rsastorage", "symstorage")
    _, sensitive, public, info = template(g, [k for k in WEIGHTS if not k.startswith("rsa")])
    return g.step("Create", (parent,), 1, (sensitive, b2(public), b2(g.data(0, 0, 8)), creation_pcrs(g)), ("blob", info, parent))


def create_loaded(g):
    parent = g.pick((OWNER, ENDORSEMENT, PLATFORM, RH_NULL, g.object("storage", "derive"), g.object("derive"), g.object("derive")))
    kind, sensitive, public, info = template(g, [k for k in WEIGHTS if not k.startswith("rsa")])
    if g.info(parent).get("kind") == "derive" and g.chance(0.9):
        extra, number, parameters, _ = templates(g)[kind]
        public = area(number, SHA256, USER | NODA | extra | g.pick((0, 0x10, FIXED)), b"", parameters, b2(b"label") + b2(g.data(0, 4)))
        if g.chance(0.9):
            sensitive = b2(b2(info["auth"]) + b2(g.pick((b"", b2(b"l") + b2(b"c")))))
    return g.step("CreateLoaded", (parent,), 1, (sensitive, b2(public)), ("object", info))


def load(g):
    if not g.model.blobs:
        return None
    number, info, parent = g.pick(g.model.blobs)
    if g.chance(0.06):
        parent = g.object()
    return g.step("Load", (parent,), 1, (Ref(number, "private"), Ref(number, "public")), ("object", dict(info, parent=parent)))


def load_external(g):
    hierarchy = g.pick((OWNER, ENDORSEMENT, PLATFORM, RH_NULL, RH_NULL, 0x40000009 if g.chance(0.1) else RH_NULL))
    key = g.data(16, 32, 32, 20, 0)
    kind, number, parameters = g.pick((("hmac", KEYEDHASH, u16(HMAC) + u16(SHA256)), ("aes", SYMCIPHER, u16(AES) + u16(len(key) * 8) + u16(CFB)),
                                      ("sealed", KEYEDHASH, EMPTY)))
    if g.chance(0.35):
        source = g.object()
        if isinstance(source, Ref):
            return g.step("LoadExternal", (), 0, (u16(0), Ref(source.step, "public"), u32(hierarchy)),
                          ("object", dict(g.info(source), external=True)))
    extra = templates(g)[kind][0]
    if g.chance(0.9):
        hierarchy = RH_NULL
    seed = g.data(32, 32, 32, 0)
    unique = b2(hashlib.sha256(seed + key).digest() if g.chance(0.9) else g.data(32))
    auth = g.password()
    attributes = USER | NODA | extra ^ (1 << g.pick((16, 5, 1)) if g.chance(0.1) else 0)
    public = area(number, SHA256, attributes, b"", parameters, unique)
    sensitive = u16(number) + b2(auth) + b2(seed) + b2(key)
    return g.step("LoadExternal", (), 0, (b2(sensitive), b2(public), u32(hierarchy)), ("object", dict(kind=kind, auth=auth)))


def read_public(g):
    return g.step("ReadPublic", (g.object(),))


def flush(g):
    every = list(g.model.objects) + list(g.model.sequences) + (list(g.model.sessions) if g.chance(0.3) else [])
    handle = g.pick(every) if every and g.chance(0.95) else g.object()
    step = g.step("FlushContext", (), 0, (handle_part(handle),), ("gone", handle))
    return step


def handle_part(handle):
    return u32(handle) if isinstance(handle, int) else handle


def flush_when_full(g):
    return flush(g) if len(g.model.objects) + len(g.model.sequences) >= 3 else None


def context_save(g):
    group = g.pick(("object", "object", "session", "sequence"))
    items = getattr(g.model, group + "s")
    if not items:
        return None
    handle = g.pick(items)
    return g.step("ContextSave", (handle,), 0, (), ("context", handle, (group, items[handle])))


def context_load(g):
    if not g.model.contexts:
        return None
    number, reference, what = g.pick(g.model.contexts)
    return g.step("ContextLoad", (), 0, (Ref(number, "context"),), ("restored", reference, what))


def evict(g):
    hierarchy = g.pick((OWNER, OWNER, PLATFORM))
    persistent = 0x81000000 + g.pick((1, 2, 0x800000, 3)) if not g.chance(0.04) else g.pick((0x80000000, 0x82000000, 0x81FFFFFF))
    if g.model.persistent and g.chance(0.4):
        persistent = g.pick(g.model.persistent)
        return g.step("EvictControl", (hierarchy, persistent), 1, (u32(persistent),), ("gone", persistent))
    handle = g.object()
    if not isinstance(handle, Ref):
        return g.step("EvictControl", (hierarchy, handle), 1, (u32(persistent),), ("gone", handle))
    return g.step("EvictControl", (hierarchy, handle), 1, (u32(persistent),), ("persist", persistent, g.info(handle)))


def change_auth(g):
    handle = g.object()
    parent = g.info(handle).get("parent", g.object("storage"))
    info = dict(g.info(handle) or dict(kind="none"), auth=g.password())
    step = g.step("ObjectChangeAuth", (handle, parent), 1, (b2(info["auth"]),), (), admin=True)
    return step


def unseal(g):
    return g.step("Unseal", (g.object("sealed"),), 1)


def duplicate(g):
    symmetric = g.pick((EMPTY, EMPTY, AES128_CFB))
    key = g.pick((b"", b"", b"k" * 16)) if symmetric != EMPTY else b""
    return g.step("Duplicate", (g.object(), g.pick((RH_NULL, g.object("storage")))), 1, (b2(key), symmetric), (), admin=True)


def make_credential(g):
    handle = g.object("storage")
    return g.step("MakeCredential", (handle,), 0, (b2(g.data(1, 16, 32, 33, 64)), b2(b"\0\x0b" + g.data(32))))


def activate(g):
    key = g.object("storage")
    target = g.object()
    credential = g.data(16, 20)
    if not isinstance(target, Ref):
        return None
    first = g.step("MakeCredential", (key,), 0, (b2(credential), Ref(target.step, "name")))
    second = g.step("ActivateCredential", (target, key), 2, (Ref(g.count, "blob"), Ref(g.count, "secret")))
    return [first, second]


OPERATIONS = [(14, create_primary), (6, create), (4, create_loaded), (9, load), (5, load_external), (3, read_public), (4, flush),
              (60, flush_when_full), (4, context_save), (6, context_load), (3, evict), (3, change_auth), (4, unseal), (3, duplicate),
              (1, make_credential), (2, activate)]
