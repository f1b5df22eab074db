"""What a caller computes for sessions: KDFa, HMACs and parameter encryption (Part 1, clauses 11.4.10, 18 and 21)."""
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES as AesKey, Camellia as CamelliaKey
from cryptography.hazmat.primitives.ciphers.modes import CFB

from wire import AES, CAMELLIA, HASHES, XOR, u32

BLOCK_CIPHERS = {AES: AesKey, CAMELLIA: CamelliaKey}


def digest(algorithm, data):
    return hashlib.new(HASHES[algorithm], data).digest()


def mac(algorithm, key, data):
    return hmac.new(key, data, HASHES[algorithm]).digest()


def kdfa(algorithm, key, label, context_u, context_v, size):
    """size is in bytes."""
    out, counter = b"", 0
    while len(out) < size:
        counter += 1
        out += mac(algorithm, key, u32(counter) + label + b"\0" + context_u + context_v + u32(size * 8))
    return out[:size]


def obfuscate(algorithm, key, newer, older, data):
    mask = kdfa(algorithm, key, b"XOR", newer, older, len(data))
    return bytes(a ^ b for a, b in zip(data, mask))


class Session:
    """What the caller keeps of one session with one TPM."""

    def __init__(self, algorithm, nonce_caller, nonce_tpm, secret, symmetric):
        """secret is the authorization value of the bind entity with the salt after it, None if there is neither; symmetric
        is a TPMT_SYM_DEF."""
        self.algorithm, self.nonce_caller, self.nonce_tpm = algorithm, nonce_caller, nonce_tpm
        self.symmetric = symmetric
        size = len(digest(algorithm, b""))
        self.key = b"" if secret is None else kdfa(algorithm, secret, b"ATH", nonce_tpm, nonce_caller, size)

    def encrypt(self, value, data):
        """A command's first parameter."""
        return self.crypt(value, self.nonce_caller, self.nonce_tpm, data, True)

    def decrypt(self, value, data):
        """A response's first parameter."""
        return self.crypt(value, self.nonce_tpm, self.nonce_caller, data, False)

    def crypt(self, value, newer, older, data, encrypting):
        kind = int.from_bytes(self.symmetric[:2], "big")
        if kind == XOR:
            return obfuscate(self.algorithm, self.key + value, newer, older, data)
        if kind not in BLOCK_CIPHERS:
            return data
        bits = int.from_bytes(self.symmetric[2:4], "big")
        derived = kdfa(self.algorithm, self.key + value, b"CFB", newer, older, bits // 8 + 16)
        cipher = Cipher(BLOCK_CIPHERS[kind](derived[:bits // 8]), CFB(derived[bits // 8:]))
        work = cipher.encryptor() if encrypting else cipher.decryptor()
        return work.update(data) + work.finalize()

    def command_hmac(self, value, code, names, parameters, attributes, extra=b""):
        hashed = digest(self.algorithm, u32(code) + b"".join(names) + parameters)
        return mac(self.algorithm, self.key + value, hashed + self.nonce_caller + self.nonce_tpm + extra + bytes([attributes]))

    def response_hmac(self, value, code, parameters, attributes):
        hashed = digest(self.algorithm, bytes(4) + u32(code) + parameters)
        return mac(self.algorithm, self.key + value, hashed + self.nonce_tpm + self.nonce_caller + bytes([attributes]))


def trimmed(value):
    """Trailing zeros are not part of an authorization value."""
    return value.rstrip(b"\0")
