"""TPM2_LoadExternal of keys that the caller makes, of every type (Part 3, clause 12.3), and the sensitive areas that go with them."""
import hashlib
import types

import curves
import rsa_keys
import templates
from keys import STORAGE, create_primary, room, unseal, unseal_new, with_room
from step import Ref
from templates import FIXED_PARENT, FIXED_TPM, NODA, ORIGIN, RESTRICTED, USER, policy, public_area
from wire import (DIGEST_SIZE, ECC, ENDORSEMENT, HASHES, KEYEDHASH, NULL, OWNER, PLATFORM, RH_NULL, RSA, SHA1, SHA256, SHA384, SHA512, SYMCIPHER,
                  b2, u16, u32)

KINDS = {"storage": 1, "symstorage": 0.5, "derive": 0.5, "rsastorage": 1, "eccsign": 4, "eccboth": 2, "ak": 1, "certifier": 2, "ecdaa": 0.001, "ecdh": 4,
         "rsasign": 4, "rsaak": 1, "rsadecrypt": 5, "rsaboth": 2, "hmac": 3, "rhmac": 1, "xor": 1, "sealed": 2, "aes": 4, "cmac": 3}


def sensitive_area(kind, auth, seed, private):
    return u16(kind) + b2(auth) + b2(seed) + b2(private)


def key(g, template):
    """(unique, seed, private) of a key for a template; now and then one that does not fit."""
    if template.type == RSA:
        return rsa_key(g, template)
    if template.type == ECC:
        return ecc_key(g, template)
    size = template.about.get("size") or g.pick((16, 20, 32, 64, 0))
    if g.chance(0.06):
        size = g.pick((0, 15, 17, 127, 128, 129))
    return None, g.data(32) if g.chance(0.95) else g.data(0, 31, 64, 65), g.random.randbytes(size)


def rsa_key(g, template):
    chosen = g.pick(rsa_keys.keys().get(template.about["bits"], rsa_keys.keys()[1024]))
    modulus, prime = chosen.modulus, chosen.prime
    if g.chance(0.08):
        prime = g.pick((prime[1:], prime + b"\0", bytes(len(prime)), prime[:-1] + bytes([prime[-1] ^ 6]), chosen.q.to_bytes(len(prime), "big"), b"",
                        b"\1" + bytes(len(prime) - 1)))
    if g.chance(0.05):
        modulus = g.pick((modulus[1:], modulus + b"\0", bytes(len(modulus)), modulus[:-1] + bytes([modulus[-1] ^ 2]), b"", b"\x7f" + modulus[1:]))
    return b2(modulus), b"" if g.chance(0.95) else g.data(1, 32), prime


def ecc_key(g, template):
    which = template.about["curve"]
    curve = curves.curves().get(which, curves.curves()[3])
    d, (x, y) = curves.key(curve.identifier, g.random.randrange(3))
    private, x, y = curve.bytes_of(d), curve.bytes_of(x), curve.bytes_of(y)
    if g.chance(0.1):
        private = g.pick((bytes(curve.size), curve.bytes_of(curve.order), private[1:], (b"\0" if g.full or curve.size < 66 else b"") + private, b"", curve.bytes_of(1), private.lstrip(b"\0"),
                          curve.bytes_of(curve.order - d)))
    if g.chance(0.08):
        x, y = g.pick(((x, x), (b"", b""), (x[1:], y), (x, (b"\0" if g.full or curve.size < 66 else b"") + y), (bytes(curve.size), bytes(curve.size)), (y, x), (x, b""),
                       (b"\xff" * curve.size, y), (x, curve.bytes_of(curve.p - int.from_bytes(y, "big")))))
    return b2(x) + b2(y), b"" if g.chance(0.95) else g.data(1, 32), private


def unique_of(name_algorithm, seed, private):
    """The unique field of a keyed hash object or of a symmetric key (Part 1, 27.5.3)."""
    return b2(hashlib.new(HASHES[name_algorithm], seed + private).digest() if name_algorithm in HASHES else b"")


def made_outside(g, kinds=None, attributes=0):
    """(public, sensitive, info) of an object that the caller makes; `attributes` has those that it needs besides."""
    kinds = list(kinds or KINDS)
    kind = g.random.choices(kinds, [KINDS[k] for k in kinds])[0]
    template = templates.KINDS[kind](g)
    unique, seed, private = key(g, template)
    if kind == "rsadecrypt" and g.chance(0.05):
        template.about["bits"] = 3072
    template.attributes |= USER | g.pick((NODA, NODA, 0)) | attributes
    if g.chance(0.08):
        templates.unlike(g, template)
    name_algorithm = g.pick((SHA256, SHA256, SHA1, SHA384, SHA512)) if g.chance(0.93) else NULL
    auth_policy, allows = policy(g, name_algorithm, template.attributes)
    if name_algorithm == NULL and g.chance(0.7):
        auth_policy = b""
    if unique is None:
        unique = unique_of(name_algorithm, seed, private) if g.chance(0.94) else b2(g.data(0, 20, 32))
    auth = g.password()
    if len(auth) > DIGEST_SIZE.get(name_algorithm, 0) and g.chance(0.8):
        auth = b""
    public = public_area(template.type, name_algorithm, template.attributes, auth_policy, template.parameters, unique)
    wrong_type = g.pick((RSA, ECC, KEYEDHASH, SYMCIPHER, NULL, 0)) if g.chance(0.02) else template.type
    sensitive = sensitive_area(wrong_type, auth, seed, private)
    info = dict(template.about, kind=kind, auth=auth, allows=allows, hash=name_algorithm, attributes=template.attributes, external=True)
    return public, sensitive, info


def load_external(g, kinds=None):
    """With the private part, in the null hierarchy; or the public part alone, in any."""
    if not kinds and g.chance(0.15):
        return load_public_of_other(g)
    public, sensitive, info = made_outside(g, kinds, FIXED_TPM if g.chance(0.03) else FIXED_PARENT if g.chance(0.03) else ORIGIN if g.chance(0.05) else 0)
    private_part = b2(sensitive)
    hierarchy = RH_NULL
    if not kinds and g.chance(0.15) or info["attributes"] & RESTRICTED and g.chance(0.9):
        private_part, info = b2(), dict(info, auth=b"", public_only=True)
        hierarchy = g.pick((OWNER, ENDORSEMENT, PLATFORM, RH_NULL))
    if g.chance(0.03):
        hierarchy = g.pick((OWNER, PLATFORM, 0x40000009, 0x40000010, 0, 0x80000000))
    if g.chance(0.01):
        private_part = g.pick((b2(sensitive + b"\0"), b2(sensitive[:-1]), b2(b"\0")))
    return g.step("LoadExternal", (), 0, (private_part, b2(public), u32(hierarchy)), ("object", dict(info, public=b2(public))))


def load_public_of_other(g):
    """The public area of an object of the TPM."""
    source = g.object()
    if not isinstance(source, Ref):
        return None
    info = g.info(source)
    hierarchy = g.pick((OWNER, ENDORSEMENT, PLATFORM, RH_NULL))
    public = g.made_by(g.side(source), info.get("public", b2()))
    return g.step("LoadExternal", (), 0, (u16(0), public, u32(hierarchy)), ("object", dict(info, auth=b"", public_only=True, public=public)))


def load_when_few(g):
    """The cheap way to have keys of all kinds."""
    return load_external(g) if len(g.model.objects) + len(g.model.sequences) < 2 else None


def using(operation, *kinds):
    """An operation, some times over, for a key of one of these kinds; one is made where there is none."""
    def run(g):
        every = {**g.model.objects, **g.model.persistent}
        if not any(info["kind"] in kinds and not info.get("public_only") for info in every.values()):
            yield from room(g)
            quick = [kind for kind in kinds if not kind.startswith("rsa")]
            outside = [kind for kind in kinds if kind in KINDS and kind not in STORAGE]
            yield create_primary(g, quick) if quick and (not outside or g.chance(0.4)) else load_external(g, outside)
        for _ in range(g.pick((1, 2, 3))):
            made = operation(g)
            if isinstance(made, types.GeneratorType):
                yield from made
            elif made is not None:
                yield made
    return run


OPERATIONS = [(3, using(unseal_new, *STORAGE)), (2, using(unseal, "sealed")), (9, with_room(load_external)), (4, load_when_few)]
