"""Signatures (Part 3, clause 20): those without a random part are compared, the others verified by both TPMs."""
import hashlib

import curves
import templates
from external import using
from step import Ref
from templates import ECDAA, ECMQV, ECSCHNORR, EMPTY, SM2
from wire import DIGEST_SIZE, ECDSA, ENDORSEMENT, HASHES, HMAC, NULL, OWNER, PLATFORM, RH_NULL, RSAPSS, RSASSA, SHA256, b2, u16, u32

NO_TICKET = u16(0x8024) + u32(RH_NULL) + b2()
SIGNING = ("eccsign", "eccboth", "certifier", "rsasign", "rsaboth", "hmac")
RESTRICTED_SIGNING = ("ak", "rsaak", "rhmac")
VERIFYING = SIGNING + RESTRICTED_SIGNING


def scheme_for(g, key):
    """A TPMT_SIG_SCHEME that the key can use, as far as it is known."""
    info = g.info(key)
    fixed = info.get("scheme", EMPTY)
    kind = str(info.get("kind", ""))
    if fixed[:2] == u16(NULL) or g.chance(0.05):
        if kind in ("hmac", "rhmac"):
            return u16(HMAC) + u16(templates.any_hash(g))
        if kind.startswith("rsa"):
            return templates.signing_rsa(g)
        return templates.ecc_signing(g)
    return EMPTY if g.chance(0.5) else fixed


def signing_scheme(g, key):
    """One that fits, seldom another."""
    if g.chance(0.9):
        return scheme_for(g, key)
    if g.full and g.chance(0.4):
        return g.pick((u16(ECDAA) + u16(SHA256) + u16(0), u16(SM2) + u16(SHA256), u16(ECSCHNORR) + u16(SHA256), u16(ECMQV) + u16(SHA256)))
    return g.pick((EMPTY, u16(ECDSA) + u16(SHA256), u16(HMAC) + u16(SHA256), u16(RSASSA) + u16(templates.any_hash(g)), u16(RSAPSS) + u16(SHA256),
                   u16(0x15), u16(0xFFFF)))


def hash_of(g, key, scheme):
    """The hash algorithm that a signature takes its size from."""
    if scheme[:2] == u16(NULL):
        scheme = g.info(key).get("scheme", EMPTY)
    algorithm = int.from_bytes(scheme[2:4], "big")
    return algorithm if algorithm in HASHES else SHA256


def digest_for(g, algorithm):
    size = DIGEST_SIZE[algorithm]
    if g.chance(0.04):
        return g.data(0, 19, 20, 33, 48, 64, 65)
    return g.pick((b"d" * size, bytes(size), b"\xff" * size, g.random.randbytes(size)))


def sign(g):
    """A signature, and its verification, with what one TPM has made."""
    key = g.object(*SIGNING) if g.chance(0.96) else g.object()
    scheme = signing_scheme(g, key)
    digest = digest_for(g, hash_of(g, key, scheme))
    ticket = NO_TICKET
    if g.chance(0.07):
        ticket = u16(g.pick((0x8024, 0x8021, 0x8022))) + u32(g.pick((OWNER, RH_NULL, ENDORSEMENT, 0))) + b2(g.pick((b"t" * 32, b"t" * 64, b"")))
    number = yield g.step("Sign", (key,), 1, (b2(digest), scheme, ticket))
    if number is not None and g.chance(0.6):
        yield from verified(g, key, digest, Ref(number, "signature", g.side(key)))


def verified(g, key, digest, signature):
    if g.chance(0.2):
        digest = g.pick((digest[1:] + b"w", digest + b"w", digest[1:], b"", b"\0" + digest))
    yield g.step("VerifySignature", (key,), 0, (b2(digest), signature))


def sign_hashed(g):
    """A restricted key signs what the TPM hashed itself."""
    key = g.object(*RESTRICTED_SIGNING) if g.chance(0.8) else g.object(*SIGNING)
    scheme = scheme_for(g, key)
    algorithm = hash_of(g, key, scheme)
    data = g.data(3, 64, 100) if g.chance(0.8) else g.pick((b"\xffTCG", b"\xffTCGx" * 9, b"\xffTC", b""))
    hierarchy = g.pick((OWNER, ENDORSEMENT, PLATFORM)) if g.chance(0.9) else RH_NULL
    number = yield g.step("Hash", (), 0, (b2(data), u16(algorithm if g.chance(0.95) else templates.algorithm(g)), u32(hierarchy)))
    if number is None:
        return
    digest = Ref(number, "digest") if g.chance(0.95) else b2(g.data(DIGEST_SIZE[algorithm]))
    signed = yield g.step("Sign", (key,), 1, (digest, scheme, Ref(number, "ticket", g.side(key, hierarchy))))
    if signed is not None:
        yield from verified(g, key, hashlib.new(HASHES[algorithm], data).digest(), Ref(signed, "signature", g.side(key)))


def verify_outside(g):
    """Signatures of all forms that nobody made."""
    key = g.object(*VERIFYING, public=True) if g.chance(0.97) else g.object()
    scheme = scheme_for(g, key)
    algorithm = hash_of(g, key, scheme)
    if scheme[:2] == u16(NULL):
        scheme = g.info(key).get("scheme", EMPTY)
    head, size = scheme[:4], g.info(key).get("bits", 2048) // 8
    if head[:2] == u16(HMAC):
        signature = head + g.random.randbytes(DIGEST_SIZE[algorithm])
    elif head[:2] in (u16(RSASSA), u16(RSAPSS)):
        signature = head + b2(g.data(size, size, size - 1, size + 1, 0, 1) if g.chance(0.8) else g.pick((bytes(size), b"\xff" * size)))
    elif head[:2] == u16(NULL):
        signature = g.pick((u16(NULL), u16(ECDSA) + u16(SHA256), u16(0xFFFF)))
    else:
        curve = curves.curves().get(g.info(key).get("curve"), curves.curves()[3])
        numbers = [bytes(curve.size), curve.bytes_of(1), curve.bytes_of(curve.order - 1), curve.bytes_of(curve.order), b"", b"\1", b"\xff" * curve.size,
                   g.random.randbytes(curve.size), bytes(min(curve.size + 1, 66))]
        signature = head + b2(g.pick(numbers)) + b2(g.pick(numbers))
    yield g.step("VerifySignature", (key,), 0, (b2(digest_for(g, algorithm)), signature))


OPERATIONS = [(6, using(sign, *SIGNING)), (3, using(sign_hashed, *RESTRICTED_SIGNING)), (3, using(verify_outside, *VERIFYING))]
