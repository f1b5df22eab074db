"""What a caller computes for sessions: KDFa, HMACs and XOR obfuscation (Part 1, clauses 11.4.10, 18 and 21)."""
import hashlib
import hmac

from wire import HASHES, u16, u32


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

    def __init__(self, algorithm, nonce_caller, nonce_tpm, bind_auth):
        self.algorithm, self.nonce_caller, self.nonce_tpm = algorithm, nonce_caller, nonce_tpm
        size = len(digest(algorithm, b""))
        self.key = b"" if bind_auth is None else kdfa(algorithm, bind_auth, b"ATH", nonce_tpm, nonce_caller, size)

    def command_hmac(self, value, code, names, parameters, attributes, extra=b""):
        hashed = digest(self.algorithm, u32(code) + b"".join(names) + parameters)
        return mac(self.algorithm, self.key + value, hashed + self.nonce_caller + self.nonce_tpm + extra + bytes([attributes]))

    def response_hmac(self, value, code, parameters, attributes):
        hashed = digest(self.algorithm, bytes(4) + u32(code) + parameters)
        return mac(self.algorithm, self.key + value, hashed + self.nonce_tpm + self.nonce_caller + bytes([attributes]))


def trimmed(value):
    """Trailing zeros are not part of an authorization value."""
    return value.rstrip(b"\0")


def size_prefixed(data):
    return u16(len(data)) + data
