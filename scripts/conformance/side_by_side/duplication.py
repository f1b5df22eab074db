"""Duplication, rewrapping and import, and credentials (Part 3, clauses 12.5, 12.6 and 13)."""
import external
import protection
import templates
from external import using
from keys import ASYMMETRIC_STORAGE, STORAGE, allowed, create_primary, room
from step import Auth, Computed, Ref
from templates import AES128_CFB, EMPTY, ENCRYPTED_DUPLICATION
from wire import AES, CFB, HASHES, RH_NULL, b2, u16


def inner_symmetric(g):
    """(TPMT_SYM_DEF_OBJECT of the inner wrapper, its key)."""
    size = g.pick((16, 16, 32))
    symmetric = u16(AES) + u16(size * 8) + u16(CFB)
    if g.chance(0.05):
        symmetric = g.pick((templates.block_cipher(g), u16(AES) + u16(128) + u16(0x43), u16(AES) + u16(128) + u16(0x44), u16(0xA) + u16(0xB)))
    return symmetric, b"k" * size


def new_parent(g):
    every = {**g.model.objects, **g.model.persistent}
    if not any(info["kind"] in ASYMMETRIC_STORAGE for info in every.values()) or g.chance(0.3):
        return RH_NULL
    return g.object(*ASYMMETRIC_STORAGE, public=True)


def duplicate(g):
    """Duplicates an object, under a policy where it has one for that; then both TPMs import what one of them made."""
    handle = movable(g)
    info = g.info(handle)
    parent = new_parent(g)
    symmetric, key = inner_symmetric(g) if g.chance(0.4) else (EMPTY, b"")
    given = g.pick((key, b"")) if g.chance(0.95) else g.data(1, 15, 16, 17, 32)
    if info.get("attributes", 0) & ENCRYPTED_DUPLICATION and g.chance(0.7):
        return
    session = None
    if info.get("allows") == "Duplicate" and info["hash"] in HASHES and g.chance(0.9):
        session = yield from allowed(g, info)
    params = (b2(given), symmetric)
    if session is None:
        number = yield g.step("Duplicate", (handle, parent), 1, params, admin=True)
    else:
        number = yield g.step("Duplicate", (handle, parent), 1, params, auths=(Auth(session, b"", 0),))
    if number is None or not info.get("public"):
        return
    side = g.side(handle, parent)
    key_part = Ref(number, "key", side) if symmetric != EMPTY and not given else b2(given)
    into = parent
    if parent == RH_NULL:
        yield from room(g, 1, (handle,))
        into = g.object(*STORAGE)
    moved = (g.made_by(side, info["public"]), Ref(number, "private", side), Ref(number, "seed", side))
    if parent != RH_NULL and g.chance(0.5):
        yield from rewrapped(g, parent, info, moved, key_part, symmetric)
        return
    yield from imported(g, into, info, moved, key_part, symmetric)


def movable(g):
    """An object that is not fixed."""
    every = {**g.model.objects, **g.model.persistent}
    fit = [handle for handle, info in every.items() if not info.get("attributes", 2) & 0x12 and info.get("allows") == "Duplicate"]
    if not fit:
        g.unless_rare()
    return g.pick(fit) if fit and g.chance(0.95) else g.object()


def imported(g, parent, info, moved, key, symmetric):
    """Import, and Load of what it gives. `moved` is the public area, the duplicate and the secret."""
    public, private, seed = moved
    if g.chance(0.06):
        symmetric = g.pick((EMPTY, AES128_CFB))
    effect = ("blob", {name: value for name, value in info.items() if name != "creation"}, parent, public)
    number = yield g.step("Import", (parent,), 1, (key, public, private, seed, symmetric), effect, random=True)
    if number is not None and g.chance(0.8):
        yield from room(g, 1, (parent,))
        side = g.side(parent)
        yield g.step("Load", (parent,), 1, (Ref(number, "private", side), g.made_by(side, public)),
                     ("object", dict(effect[1], parent=parent, public=public)))


def rewrapped(g, old_parent, info, moved, key, symmetric):
    """Rewrap for another parent, and Import there."""
    public, private, seed = moved
    yield from room(g, 1, (old_parent,))
    fit = [h for h, i in g.model.objects.items() if i["kind"] in ASYMMETRIC_STORAGE and h != old_parent]
    if not fit and (yield create_primary(g, ["storage"])) is None:
        return
    fit = [h for h, i in g.model.objects.items() if i["kind"] in ASYMMETRIC_STORAGE and h != old_parent]
    target = g.pick(fit + fit + [RH_NULL])
    name = Computed(lambda data: b2(protection.name_of(data)), (public,))
    if g.chance(0.05):
        name = b2(g.data(0, 34, 22))
    number = yield g.step("Rewrap", (old_parent, target), 1, (private, name, seed))
    if number is None:
        return
    side = g.side(old_parent, target)
    if target == RH_NULL:
        target = g.object(*STORAGE)
    yield from imported(g, target, info, (g.made_by(side, public), Ref(number, "private", side), Ref(number, "seed", side)),
                        g.made_by(side, key), symmetric)


def import_made_outside(g):
    """An object that the caller made and wrapped for a parent."""
    parent = g.object(*STORAGE)
    parent_public = g.info(parent).get("public")
    public, sensitive, info = external.made_outside(g)
    data = b2(sensitive)
    if g.chance(0.05):
        data = g.pick((data + b"\0", data[:-1], b"", b2(sensitive[:-1]), b2(sensitive + b"\0")))
    name = protection.name_of(b2(public))
    symmetric, key = EMPTY, b""
    if g.chance(0.4) and info["hash"] in HASHES:
        symmetric, key = inner_symmetric(g)
        if symmetric[:2] == u16(AES) and symmetric[4:] == u16(CFB):
            data = protection.inner_wrap(AES, key[:int.from_bytes(symmetric[2:4], "big") // 8].ljust(16, b"k"), info["hash"], name, data)
    private, seed = b2(data), b2()
    outer = g.info(parent).get("kind") in ASYMMETRIC_STORAGE and parent_public and g.chance(0.5)
    if outer:
        entropy = g.random.randbytes(32)
        wrong = g.chance(0.04)
        label = b"DUPLICATE" if g.chance(0.97) else g.pick((b"IDENTITY", b"DUPLICATE\0", b""))
        private = Computed(lambda area: outside_blob(area, label, entropy, name, data, wrong), (parent_public,))
        seed = Computed(lambda area: protection.secret_for(area, label, entropy)[1], (parent_public,))
    elif g.chance(0.03):
        seed = b2(g.data(32, 256))
    if outer and g.chance(0.5):
        number_and_key = (b2(public), private, seed)
        yield from rewrapped(g, parent, info, number_and_key, b2(key), symmetric)
        return
    yield from imported(g, parent, dict(info, external=False), (b2(public), private, seed), b2(key), symmetric)


def outside_blob(area, label, entropy, name, data, wrong):
    seed, _ = protection.secret_for(area, label, entropy)
    wrapped = protection.outer_wrap(area, seed, name, data)
    return b2(wrapped[:-1] + bytes([wrapped[-1] ^ 1]) if wrong else wrapped)


def make_credential(g):
    handle = g.object(*ASYMMETRIC_STORAGE, public=True) if g.chance(0.97) else g.object()
    return g.step("MakeCredential", (handle,), 0, (b2(g.data(0, 1, 16, 20, 32, 33, 64, 65)), b2(g.pick((u16(0xB) + g.data(32), g.data(0, 1, 34, 68, 69))))))


def activate(g):
    """A credential made by one TPM or by the caller, and activated in both."""
    key = g.object(*ASYMMETRIC_STORAGE)
    target = g.object()
    info, key_info = g.info(target), g.info(key)
    name = info.get("name", b2(b"\0\x0b" + bytes(32)))
    side = g.side(key, target)
    credential = g.data(0, 1, 16, 20, 32)
    if g.chance(0.3) and key_info.get("public") and info.get("public"):
        entropy = g.random.randbytes(32)
        parts = (key_info["public"], info["public"])
        blob = Computed(lambda area, of: protection.credential_for(area, protection.name_of(of), credential, entropy)[0], parts)
        secret = Computed(lambda area, of: protection.credential_for(area, protection.name_of(of), credential, entropy)[1], parts)
    else:
        number = yield g.step("MakeCredential", (key,), 0, (b2(credential), name))
        if number is None:
            return
        blob, secret = Ref(number, "blob", side), Ref(number, "secret", side)
    if info.get("allows") == "ActivateCredential" and info["hash"] in HASHES and g.chance(0.5):
        session = yield from allowed(g, info)
        if session is not None:
            value = g.value(key)
            yield g.step("ActivateCredential", (target, key), 2, (blob, secret), auths=(Auth(session, b"", 0), Auth(value=value)))
        return
    yield g.step("ActivateCredential", (target, key), 2, (blob, secret), admin=True)


OPERATIONS = [(8, duplicate), (5, using(import_made_outside, *STORAGE)), (1, make_credential), (4, using(activate, *ASYMMETRIC_STORAGE))]
