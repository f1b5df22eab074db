"""The salt of a session, as a caller makes it for the key tpmKey (Part 1, clauses B.10.2 and C.6.1). Nothing here is random."""
import hashlib

from cryptography.hazmat.primitives.asymmetric import ec

from auth import digest
from protection import oaep
from step import Seen
from wire import DIGEST_SIZE, ECC, HASHES, NULL, OAEP, RSA, b2, u32

CURVES = {1: ec.SECP192R1, 2: ec.SECP224R1, 3: ec.SECP256R1, 4: ec.SECP384R1, 5: ec.SECP521R1}
LABEL = b"SECRET\0"


class Fields:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, size=2):
        self.at += size
        return int.from_bytes(self.data[self.at - size:self.at], "big")

    def sized(self):
        size = self.number()
        self.at += size
        return self.data[self.at - size:self.at]


def key_of(public):
    """(type, nameAlg, hash of the OAEP scheme or NULL, curve, unique) of a TPMT_PUBLIC; None if it takes no salt."""
    fields = Fields(public)
    kind, name_hash = fields.number(), fields.number()
    fields.number(4)
    fields.sized()
    if kind not in (RSA, ECC) or name_hash not in HASHES:
        return None
    if fields.number() != NULL:
        fields.number(4)
    scheme, scheme_hash = fields.number(), NULL
    if scheme not in (NULL, 0x15):
        scheme_hash = fields.number()
    if kind == RSA:
        fields.number(2), fields.number(4)
        return kind, name_hash, scheme_hash if scheme == OAEP else NULL, None, fields.sized()
    curve = fields.number()
    if fields.number() != NULL:
        fields.number()
    return kind, name_hash, NULL, curve, (fields.sized(), fields.sized())


def ecc_salt(name_hash, curve, point, seed):
    """The salt, and the ephemeral point that tells the TPM."""
    size = (CURVES[curve]().key_size + 7) // 8
    ephemeral = ec.derive_private_key(int.from_bytes(seed, "big") | 1, CURVES[curve]())
    numbers = ec.EllipticCurvePublicNumbers(*(int.from_bytes(c, "big") for c in point), CURVES[curve]())
    z = ephemeral.exchange(ec.ECDH(), numbers.public_key())
    mine = ephemeral.public_key().public_numbers()
    x, y = mine.x.to_bytes(size, "big"), mine.y.to_bytes(size, "big")
    salt = digest(name_hash, u32(1) + z + LABEL + x + point[0].rjust(size, b"\0"))
    return salt, b2(x) + b2(y)


def made(world, key, seed):
    public = world.public(key)
    found = key_of(public) if public else None
    random = hashlib.sha512(seed).digest()
    if found and found[0] == ECC and found[3] in CURVES and all(found[4]):
        try:
            return ecc_salt(found[1], found[3], found[4], random[:20])
        except ValueError:
            # Not a point of the curve: there is no salt for such a key.
            return b"", random
    if found and found[0] == RSA and len(found[4]) in (128, 256, 384, 512):
        algorithm = found[1] if found[2] == NULL else found[2]
        size, salt = len(found[4]), random[:min(len(random), DIGEST_SIZE[algorithm])]
        if len(salt) + 2 * DIGEST_SIZE[algorithm] + 2 <= size:
            padding = hashlib.sha512(random).digest()[:DIGEST_SIZE[algorithm]]
            block = oaep(algorithm, size, LABEL, salt, padding)
            return salt, pow(int.from_bytes(block, "big"), 65537, int.from_bytes(found[4], "big")).to_bytes(size, "big")
    return b"", random


def salted(key, seed, bind_auth):
    """The secret of the session, and the parameter encryptedSalt, that come from these bytes."""
    return (Seen(lambda world: bind_auth + made(world, key, seed)[0]),
            Seen(lambda world: b2(made(world, key, seed)[1])))
