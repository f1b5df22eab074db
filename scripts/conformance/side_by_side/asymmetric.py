"""Asymmetric primitives and split operations (Part 3, clauses 14 and 19)."""
import hashlib

import curves
import protection
import rsa_keys
import templates
from external import using
from step import Ref
from templates import ECDAA, ECMQV, EMPTY, SM2
from wire import DIGEST_SIZE, ECDH, HASHES, NULL, OAEP, RSAES, RSASSA, SHA256, b2, u16

DECRYPTING = ("rsadecrypt", "rsaboth")
EXCHANGING = ("ecdh", "eccboth")


def rsa_scheme(g):
    scheme = g.pick((EMPTY, EMPTY, u16(RSAES), u16(OAEP) + u16(templates.any_hash(g))))
    return scheme if g.chance(0.97) else g.pick((u16(RSASSA) + u16(SHA256), u16(0xFFFF), u16(OAEP)))


def rsa_label(g):
    return b2(g.pick((b"", b"", b"", b"label\0", b"\0")) if g.chance(0.9) else g.pick((b"label", b"la\0bel", b"la\0bel\0", b"x" * 63 + b"\0")))


def rsa_message(g, size):
    """Around all limits of padding."""
    if g.chance(0.5):
        return g.data(0, 1, 16, 20)
    return g.random.randbytes(max(0, size - g.pick((0, 0, 1, 10, 11, 12, 41, 42, 43, 65, 66, 67, 97, 98, 129, 130, 131))))


def rsa(g):
    """Both decrypt what one has encrypted; or a number of the caller."""
    key = g.object(*DECRYPTING) if g.chance(0.97) else g.object(public=True)
    size = g.info(key).get("bits", 2048) // 8
    fixed = g.info(key).get("scheme", EMPTY)
    scheme = g.pick((fixed, EMPTY)) if fixed != EMPTY and g.chance(0.85) else rsa_scheme(g)
    label, message = rsa_label(g), rsa_message(g, size)
    if g.chance(0.25):
        cipher = b2(g.pick((g.random.randbytes(size), b"\0" + g.random.randbytes(size - 1), g.random.randbytes(size - 1), bytes(size), b"\xff" * size,
                            g.random.randbytes(size + 1), b"\2", b"")))
        return (yield g.step("RSA_Decrypt", (key,), 1, (cipher, scheme, label)))
    if g.chance(0.3) and size * 8 in rsa_keys.keys():
        # The caller's padding: right, or wrong in one byte.
        padded = padded_outside(g, size, scheme, label[2:])
        for one in rsa_keys.keys()[size * 8]:
            if (yield g.step("RSA_Decrypt", (key,), 1, (b2(rsa_keys.encrypt(one.modulus, padded)), scheme, label))) is not None:
                return None
        return None
    number = yield g.step("RSA_Encrypt", (key,), 0, (b2(message), scheme, label))
    if number is not None:
        yield g.step("RSA_Decrypt", (key,), 1, (Ref(number, "cipher", g.side(key)), scheme if g.chance(0.95) else rsa_scheme(g),
                                                label if g.chance(0.95) else rsa_label(g)))
    return None


def padded_outside(g, size, scheme, label):
    message = g.data(0, 1, 16)
    algorithm = int.from_bytes(scheme[2:4], "big")
    if scheme[:2] == u16(OAEP) and algorithm in HASHES and size >= len(message) + 2 * DIGEST_SIZE[algorithm] + 2:
        padded = protection.oaep(algorithm, size, label, message, hashlib.new(HASHES[algorithm]).digest())
    else:
        padded = b"\0\2" + b"\x55" * (size - 3 - len(message)) + b"\0" + message
    if g.chance(0.4):
        at = g.pick((0, 1, 2, 9, 10, size // 2, size - 1))
        padded = padded[:at] + bytes([padded[at] ^ g.pick((1, 0x55, 0x80))]) + padded[at + 1:]
    return b"\0" + padded[1:] if g.chance(0.9) else padded


def point_of(g, which):
    """A TPM2B_ECC_POINT, now and then one that is not on the curve."""
    curve = curves.curves().get(which, curves.curves()[3])
    _, (x, y) = curves.key(curve.identifier, g.random.randrange(3))
    x, y = curve.bytes_of(x), curve.bytes_of(y)
    if g.chance(0.2):
        zero, p = bytes(curve.size), curve.bytes_of(curve.p)
        # In the default profile a coordinate has up to 66 bytes, with all curves of libtpms 80.
        longer = b"\0" if g.full or curve.size < 66 else b""
        x, y = g.pick(((x, x), (b"", b""), (zero, zero), (x, b""), (b"", y), (p, y), (x[1:], y), (longer + x, y), (x, y + longer), (b"\xff" * 128, y),
                       (b"\xff" * 129, y), tuple(curve.bytes_of(n) for n in curve.generator), (x, curve.bytes_of(curve.p - int.from_bytes(y, "big"))),
                       (x.lstrip(b"\0"), y.lstrip(b"\0"))))
    return b2(b2(x) + b2(y)) if g.chance(0.98) else g.pick((b2(), b2(b2(x)), b2(b2(x) + b2(y) + b"\0"), b2(b2(x) + u16(len(y) + 1) + y)))


def ecc_key(g, *kinds):
    key = g.object(*kinds) if g.chance(0.97) else g.object(public=True)
    return key, g.info(key).get("curve", 3) if g.chance(0.97) else g.pick((3, 4, 5))


def ecdh(g):
    """Both compute the secret for the point that one of them, or the caller, made."""
    key, curve = ecc_key(g, *EXCHANGING)
    if g.chance(0.5):
        return (yield g.step("ECDH_ZGen", (key,), 1, (point_of(g, curve),)))
    number = yield g.step("ECDH_KeyGen", (key,))
    if number is not None:
        yield g.step("ECDH_ZGen", (key,), 1, (Ref(number, "point", g.side(key)),))
    return None


def ephemeral(g):
    return g.step("EC_Ephemeral", (), 0, (u16(templates.curve(g)),))


def two_phase(g):
    key, curve = ecc_key(g, *EXCHANGING)
    scheme = g.pick((ECDH, ECDH, ECMQV if g.full else ECDH, SM2 if g.full else ECDH)) if g.chance(0.95) else g.pick((NULL, RSASSA, 0))
    number = yield g.step("EC_Ephemeral", (), 0, (u16(curve if g.chance(0.9) else 4),))
    counter = u16(g.pick((0, 1, 0xFFFF)))
    if number is not None and g.chance(0.95):
        counter = Ref(number, "counter")
    # What ECMQV and SM2 compute depends on the random ephemeral key.
    for _ in range(1 if g.chance(0.9) else 2):
        yield g.step("ZGen_2Phase", (key,), 1, (point_of(g, curve), point_of(g, curve), u16(scheme), counter), random=scheme != ECDH)


def commit_points(g, which, algorithm):
    """(s2, y2) so that y2 fits the x coordinate that the TPM computes from s2 (Part 3, 19.2)."""
    curve = curves.curves().get(which)
    if curve is None or which == 2 or algorithm not in HASHES:
        return b"", b""
    while True:
        s2 = g.data(8, 20)
        x = int.from_bytes(hashlib.new(HASHES[algorithm], s2).digest(), "big") % curve.p
        y = curve.lift(x)
        if y is not None:
            return s2, curve.bytes_of(y)


def committing(g):
    """What can commit is a key with ECDAA, which the default profile does not have."""
    return ("ecdaa",) if g.full else ("eccsign", "ak", "eccboth", "certifier")


def commit_and_sign(g):
    return using(commit, *committing(g))(g)


def commit(g):
    """Commit, and the signature that goes with it."""
    key, curve = ecc_key(g, *committing(g))
    info = g.info(key)
    s2, y2 = commit_points(g, curve, info.get("hash")) if g.chance(0.6) else (b"", b"")
    if g.chance(0.07):
        s2, y2 = g.pick(((s2, b""), (b"", y2), (s2 + b"x", y2), (s2, b"\0" + y2[1:]), (g.data(65), y2), (g.data(8), g.data(32))))
    point = b2(b2() + b2()) if g.chance(0.4) else point_of(g, curve)
    number = yield g.step("Commit", (key,), 1, (point, b2(s2), b2(y2)))
    if number is None:
        return
    algorithm = templates.algorithm(g)
    count = Ref(number, "counter") if g.chance(0.9) else u16(g.pick((0, 1, 0xFFFF)))
    digest = b2(b"c" * len(hashlib.new(HASHES[algorithm]).digest()))
    no_ticket = u16(0x8024) + b"\x40\0\0\7" + b2()
    for _ in range(g.pick((1, 1, 2))):
        yield g.step("Sign", (key,), 1, (digest, u16(ECDAA) + u16(algorithm), count, no_ticket))


def ecc_parameters(g):
    return g.step("ECC_Parameters", (), 0, (u16(templates.curve(g) if g.chance(0.8) else g.pick(templates.CURVES)),))


OPERATIONS = [(5, using(rsa, *DECRYPTING)), (4, using(ecdh, *EXCHANGING)), (1, ephemeral), (2, using(two_phase, *EXCHANGING)),
              (2, commit_and_sign), (1, ecc_parameters)]
