"""What a caller computes to protect a sensitive area for a new parent (Part 1, clauses 11.4.10.3, 23.3, B.4 and C.6.3)."""
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import curves
import public_area
import rsa_keys
from auth import digest, kdfa, mac
from step import NothingToCompute
from wire import DIGEST_SIZE, ECC, HASHES, RSA, b2, u16, u32

CAMELLIA, TDES = 0x26, 3
CIPHERS = {6: algorithms.AES, CAMELLIA: algorithms.Camellia}


def name_of(public):
    """The Name of what a TPM2B_PUBLIC describes."""
    algorithm = int.from_bytes(public[4:6], "big")
    return u16(algorithm) + digest(algorithm, public[2:]) if algorithm in HASHES else b""


def kdfe(algorithm, z, label, party_u, party_v, size):
    out, counter = b"", 0
    while len(out) < size:
        counter += 1
        out += digest(algorithm, u32(counter) + z + label + party_u + party_v)
    return out[:size]


def cfb(algorithm, key, data):
    """Encrypts with an IV of zeros."""
    encryptor = Cipher(CIPHERS[algorithm](key), modes.CFB(bytes(16))).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def mask(algorithm, seed, size):
    out, counter = b"", 0
    while len(out) < size:
        out += digest(algorithm, seed + u32(counter))
        counter += 1
    return out[:size]


def xored(one, two):
    return bytes(a ^ b for a, b in zip(one, two))


def oaep(algorithm, size, label, message, seed):
    """An encoded message of `size` bytes (PKCS #1, 7.1.1)."""
    body = digest(algorithm, label) + bytes(size - len(message) - 2 * len(seed) - 2) + b"\1" + message
    masked = xored(body, mask(algorithm, seed, len(body)))
    return b"\0" + xored(seed, mask(algorithm, masked, len(seed))) + masked


def storage_area(public):
    """The PublicArea of an asymmetric storage key."""
    area = public_area.read(public)
    known = area and area.symmetric[0] in CIPHERS and area.name_algorithm in HASHES
    if not known or area.type not in (RSA, ECC) or not all(area.unique):
        raise NothingToCompute
    return area


def secret_for(public, label, entropy):
    """(seed, TPM2B_ENCRYPTED_SECRET) for the key in a TPM2B_PUBLIC; the label is without its zero byte."""
    area = storage_area(public)
    algorithm = area.name_algorithm
    size = DIGEST_SIZE[algorithm]
    if area.type == RSA:
        seed = hashlib.sha512(entropy).digest()[:size]
        used = area.scheme[1] if area.scheme[0] == 0x17 else algorithm
        if used not in HASHES or len(area.unique[0]) < size + 2 * DIGEST_SIZE[used] + 2:
            raise NothingToCompute
        padded = oaep(used, len(area.unique[0]), label + b"\0", seed, hashlib.sha512(entropy + b"oaep").digest()[:DIGEST_SIZE[used]])
        return seed, b2(rsa_keys.encrypt(area.unique[0], padded))
    curve = curves.curves()[area.curve]
    d, (x, y) = curves.key(area.curve, entropy[0] % 3)
    there = tuple(int.from_bytes(part, "big") for part in area.unique)
    if not curve.has(there):
        raise NothingToCompute
    z = curve.bytes_of(curve.multiply(d, there)[0])
    seed = kdfe(algorithm, z, label + b"\0", curve.bytes_of(x), curve.bytes_of(there[0]), size)
    return seed, b2(b2(curve.bytes_of(x)) + b2(curve.bytes_of(y)))


def inner_wrap(algorithm, key, name_algorithm, name, sensitive):
    """`sensitive` is a TPM2B_SENSITIVE; the key belongs to the algorithm of the wrapper."""
    return cfb(algorithm, key, b2(digest(name_algorithm, sensitive + name)) + sensitive)


def outer_wrap(parent, seed, name, data):
    """The contents of TPM2B_PRIVATE for the new parent whose TPM2B_PUBLIC is given."""
    area = storage_area(parent)
    algorithm, bits = area.symmetric[:2]
    key = kdfa(area.name_algorithm, seed, b"STORAGE", name, b"", bits // 8)
    encrypted = cfb(algorithm, key, data)
    integrity = kdfa(area.name_algorithm, seed, b"INTEGRITY", b"", b"", DIGEST_SIZE[area.name_algorithm])
    return b2(mac(area.name_algorithm, integrity, encrypted + name)) + encrypted


def credential_for(parent, name, credential, entropy):
    """TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET (Part 1, clause 24)."""
    seed, secret = secret_for(parent, b"IDENTITY", entropy)
    return b2(outer_wrap(parent, seed, name, b2(credential))), secret
